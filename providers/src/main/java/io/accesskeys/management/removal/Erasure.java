package io.accesskeys.management.removal;

import io.accesskeys.key.KeyKind;
import io.accesskeys.notice.DeletedKeys;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import io.accesskeys.notice.Recipients;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.store.AfterCommit;
import io.accesskeys.store.KeyCount;
import io.accesskeys.store.KeyRemoval;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Deletes the keys of what is gone and says so: in an event and a mail of the same transaction, and
 * in the server's log once it is committed. Keys that were revoked before are deleted too, and not
 * counted: they had ended.
 */
public final class Erasure {

  /** Owners who are mailed when an API client is removed; the event counts all. */
  static final int MOST_OWNERS = 1_000;

  private static final Logger LOG = Logger.getLogger(Erasure.class);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final EventBuilder unsent;
  private final AfterCommit commit;
  private final KeyRemoval removal;

  /** For keys of this realm, in the running transaction. */
  public Erasure(KeycloakSession session, RealmModel realm) {
    this(session, realm, unsent(session, realm), AfterCommit.in(session));
  }

  /**
   * The same from a step that runs when the commit has begun.
   *
   * @param unsent an event that was made before
   */
  Erasure(KeycloakSession session, RealmModel realm, EventBuilder unsent, AfterCommit commit) {
    this.session = session;
    this.realm = realm;
    this.unsent = unsent;
    this.commit = commit;
    this.removal = session.getProvider(KeyStore.class).removal(commit);
  }

  /** An event of the right type. Imports from a command line have no realm and no address. */
  static EventBuilder unsent(KeycloakSession session, RealmModel realm) {
    EventBuilder event =
        new EventBuilder(realm, session, session.getContext().getConnection())
            .event(EventType.REMOVE_CREDENTIAL);
    return session.getContext().getRealm() == null ? event : ClientAddress.put(event, session);
  }

  /**
   * Deletes the keys of an owner who is gone.
   *
   * @param name of the owner, as people know it
   * @param recipients who is mailed
   */
  public void ofOwner(String ownerId, String name, List<String> recipients) {
    List<KeyCount> counts = removal.ownedBy(realm, ownerId);
    removal.removeOwnedBy(realm, ownerId);
    if (counts.isEmpty()) {
      return;
    }
    long keys = counts.stream().mapToLong(KeyCount::keys).sum();
    String clients =
        counts.stream().map(this::clientName).distinct().collect(Collectors.joining(", "));
    event("owner_removed", counts, keys)
        .user(isClient(counts) ? null : ownerId)
        .detail("owner", name)
        .detail("clients", clients)
        .success();
    DeletedKeys deleted = new DeletedKeys(name, clients, keys, counts.get(0).firstId());
    notices().tellDeleted(NoticeKind.OWNER_REMOVED, deleted, recipients, now());
    log(
        "%d access keys of %s (%s) for %s in realm %s were deleted: their owner was removed"
            .formatted(keys, name, ownerId, clients, realm.getName()));
  }

  /**
   * Deletes the keys for an API client that is gone, and its own client secrets.
   *
   * @param name its {@code client_id}
   * @param recipients who is mailed beside the owners of the keys
   */
  public void forClient(String clientId, String name, List<String> recipients) {
    long keys = removal.countIssuedFor(realm, clientId);
    List<KeyCount> counts = removal.issuedFor(realm, clientId, MOST_OWNERS);
    removal.removeIssuedFor(realm, clientId);
    if (counts.isEmpty()) {
      return;
    }
    event("client_removed", counts, keys).client(name).detail("clients", name).success();
    String first = counts.get(0).firstId();
    told(counts, keys, recipients)
        .forEach(
            (recipient, count) ->
                notices()
                    .tellDeleted(
                        NoticeKind.CLIENT_REMOVED,
                        new DeletedKeys(name, name, count, first),
                        List.of(recipient),
                        now()));
    log(
        "%d access keys for %s (%s) in realm %s were deleted: the client was removed"
            .formatted(keys, name, clientId, realm.getName()));
  }

  /** How many keys each recipient is told of: the client's own of all, owners of theirs. */
  private Map<String, Long> told(List<KeyCount> counts, long keys, List<String> recipients) {
    Map<String, Long> told = new LinkedHashMap<>();
    recipients.forEach(recipient -> told.put(recipient, keys));
    for (KeyCount count : counts) {
      owner(count).forEach(recipient -> told.merge(recipient, count.keys(), Math::max));
    }
    return told;
  }

  private Stream<String> owner(KeyCount count) {
    if (count.kind().equals(Optional.of(KeyKind.PERSONAL_ACCESS_TOKEN))) {
      return Stream.of(Recipients.person(count.ownerId()));
    }
    return KeyOwner.ofUser(count.ownerId(), session, realm).flatMap(KeyOwner::owningClient).stream()
        .flatMap(Recipients::of);
  }

  private EventBuilder event(String reason, List<KeyCount> counts, long keys) {
    String kinds =
        counts.stream()
            .flatMap(count -> count.kind().stream())
            .map(KeyKind::wireName)
            .distinct()
            .collect(Collectors.joining(","));
    return unsent
        .clone()
        .detail(Details.CREDENTIAL_TYPE, kinds)
        .detail("action", "delete")
        .detail(Details.REASON, reason)
        .detail("count", String.valueOf(keys));
  }

  private static boolean isClient(List<KeyCount> counts) {
    return counts.get(0).kind().equals(Optional.of(KeyKind.CLIENT_SECRET));
  }

  private String clientName(KeyCount count) {
    return Optional.ofNullable(realm.getClientById(count.clientId()))
        .map(ClientModel::getClientId)
        .orElse(count.clientId());
  }

  private void log(String line) {
    commit.then(() -> LOG.warn(line));
  }

  private Notices notices() {
    return new Notices(session, realm);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
