package io.accesskeys.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.DurableEntities;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells owners about their keys. A notice is stored in the transaction of what it tells about, and
 * sent afterwards: what is rolled back is told to nobody, and what is committed is not forgotten.
 *
 * <p>A person's notices go to that person, those about a client's keys to the addresses in the
 * client's attribute {@value Recipients#CONTACTS} and to the persons who have registered it; a
 * client without any gets none.
 */
public final class Notices {

  private static final int LONGEST_RECIPIENT = 300;

  /** In place of the id of a key, where a notice is about none. */
  private static final String NO_KEY = "-";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many mails alike somebody gets within {@link #WITHIN}; one more stands for all others. */
  static final int ALIKE = 10;

  static final Duration WITHIN = Duration.ofMinutes(10);

  private static final List<String> NOT_OF_MANY =
      List.of("redacted", "client", "expires", "retires", "deadline", "reason");

  private final KeycloakSession session;
  private final RealmModel realm;

  /** By kind and recipient, so that many mails in one transaction cost one query. */
  private final Map<String, Long> counts = new HashMap<>();

  /** Notices in this realm. */
  public Notices(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** Tells whoever should know that something became of a key. Told before, it changes nothing. */
  public void tell(NoticeKind kind, AccessKey key, Instant now) {
    tell(kind, "", key, now);
  }

  /** The same, of something that happens more than once to a key: told once per occasion. */
  public void tell(NoticeKind kind, String occasion, AccessKey key, Instant now) {
    recipients(key)
        .filter(recipient -> recipient.length() <= LONGEST_RECIPIENT)
        .distinct()
        .forEach(recipient -> add(kind, occasion, key, recipient, now));
  }

  /** Whether anybody is told of what becomes of this key. */
  public boolean reaches(AccessKey key) {
    return recipients(key).findAny().isPresent();
  }

  /**
   * Tells of keys that were deleted together, in one mail to each recipient.
   *
   * @param kind {@link NoticeKind#OWNER_REMOVED} or {@link NoticeKind#CLIENT_REMOVED}
   * @param recipients as {@link Recipients} has them
   */
  public void tellDeleted(
      NoticeKind kind, DeletedKeys deleted, Collection<String> recipients, Instant now) {
    recipients.stream()
        .filter(recipient -> recipient.length() <= LONGEST_RECIPIENT)
        .distinct()
        .forEach(recipient -> add(kind, "", deleted.firstId(), recipient, deleted.facts(now), now));
  }

  /**
   * Tells the contacts of an API client about the client itself.
   *
   * @param reason what is to tell, in words
   * @param now what tells this occasion from others
   */
  public void tell(NoticeKind kind, ClientModel client, String reason, Instant now) {
    Map<String, String> facts =
        new DeletedKeys(client.getClientId(), client.getClientId(), 0, NO_KEY).facts(now);
    facts.put("count", "");
    facts.put("reason", reason);
    String occasion = client.getId() + "/" + now;
    Recipients.of(client)
        .filter(recipient -> recipient.length() <= LONGEST_RECIPIENT)
        .distinct()
        .forEach(recipient -> add(kind, occasion, NO_KEY, recipient, facts, now));
  }

  private void add(NoticeKind kind, String occasion, AccessKey key, String recipient, Instant now) {
    Map<String, String> facts = facts(key, now);
    if (kind.many().isEmpty() || alike(kind, recipient, now) < ALIKE) {
      add(kind, occasion, key.id(), recipient, facts, now);
      return;
    }
    // They are about no key in particular: one for each stretch of time.
    NOT_OF_MANY.forEach(fact -> facts.put(fact, ""));
    long stretch = now.toEpochMilli() / WITHIN.toMillis();
    add(kind.many().get(), "", Long.toString(stretch), recipient, facts, now);
  }

  /** How many mails of this kind somebody has got lately; each one from now on counts as well. */
  private long alike(NoticeKind kind, String recipient, Instant now) {
    String which = kind.wireName() + "|" + recipient;
    long before =
        counts.computeIfAbsent(
            which,
            any ->
                DurableEntities.of(session)
                    .createQuery(
                        "select count(m) from AccessKeyMailEntity m where m.realmId = :realm"
                            + " and m.recipient = :recipient and m.createdAt > :since"
                            + " and m.kind = :kind",
                        Long.class)
                    .setParameter("realm", realm.getId())
                    .setParameter("recipient", recipient)
                    .setParameter("since", now.minus(WITHIN).toEpochMilli())
                    .setParameter("kind", kind.wireName())
                    .getSingleResult());
    counts.put(which, before + 1);
    return before;
  }

  private void add(
      NoticeKind kind,
      String occasion,
      String keyId,
      String recipient,
      Map<String, String> facts,
      Instant now) {
    String what = String.join("|", realm.getId(), kind.wireName(), occasion, keyId, recipient);
    String id = UUID.nameUUIDFromBytes(what.getBytes(UTF_8)).toString();
    EntityManager entities = DurableEntities.of(session);
    if (entities.find(AccessKeyMailEntity.class, id) != null) {
      return;
    }
    AccessKeyMailEntity row = new AccessKeyMailEntity();
    row.id = id;
    row.realmId = realm.getId();
    row.keyId = keyId;
    row.kind = kind.wireName();
    row.recipient = recipient;
    row.facts = JSON.valueToTree(facts).toString();
    row.createdAt = now.toEpochMilli();
    row.nextAt = now.toEpochMilli();
    entities.persist(row);
  }

  private Map<String, String> facts(AccessKey key, Instant now) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("name", key.name());
    facts.put("redacted", key.redacted());
    facts.put("kind", key.kind().wireName());
    facts.put("at", now.toString());
    ClientModel client = realm.getClientById(key.grant().clientId());
    facts.put("client", client == null ? "" : client.getClientId());
    facts.put(
        "expires",
        key.endUnder(RealmPolicy.of(session, realm).limits(key.kind()))
            .map(Instant::toString)
            .orElse(""));
    facts.put(
        "retires",
        key.retiringAt(now).flatMap(KeySecret::retires).map(Instant::toString).orElse(""));
    facts.put(
        "deadline",
        key.rollDeadline(RealmPolicy.of(session, realm).limits(key.kind()))
            .map(Instant::toString)
            .orElse(""));
    facts.put("reason", key.validity().revoked().flatMap(Revocation::reason).orElse(""));
    facts.put(
        "link",
        PublicAddress.of(realm)
            .map(base -> base + "realms/" + realm.getName() + "/account/")
            .orElse(""));
    return facts;
  }

  private Stream<String> recipients(AccessKey key) {
    return key.kind() == KeyKind.PERSONAL_ACCESS_TOKEN
        ? Stream.of(Recipients.person(key.ownerId()))
        : Optional.ofNullable(owningClient(key)).stream().flatMap(Recipients::of);
  }

  private ClientModel owningClient(AccessKey key) {
    if (key.kind() == KeyKind.CLIENT_SECRET) {
      return realm.getClientById(key.ownerId());
    }
    UserModel account = session.users().getUserById(realm, key.ownerId());
    return account == null || account.getServiceAccountClientLink() == null
        ? null
        : realm.getClientById(account.getServiceAccountClientLink());
  }
}
