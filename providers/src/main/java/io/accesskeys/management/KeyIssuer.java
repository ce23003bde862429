package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Creates keys: checks the wish against policy, API client and owner, and stores the result. */
final class KeyIssuer {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final SecureRandom random;

  /** An issuer for the realm of this session. */
  KeyIssuer(KeycloakSession session, RealmPolicy policy, SecureRandom random) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.random = random;
  }

  /**
   * Creates a key.
   *
   * @param owner who it will act as; of the request's kind
   * @param creatorId the id of the user who asks
   * @param more what else is asked of the owner's room, under its lock
   * @throws InvalidRequestException naming the member that is wrong; nothing was stored then
   */
  IssuedKey issue(
      KeyRequest request, KeyOwner owner, String creatorId, Consumer<OwnerRoom> more, Instant at)
      throws InvalidRequestException {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    KindPolicy rules = rules(request.kind());
    Optional<Instant> expires = Expiries.expiry(request.expiry(), rules, now);
    KeyText text = KeyText.generate(prefix(request, rules), random);
    Grant grant = new GrantCheck(realm).grant(request.rights(), owner);
    GrantCheck.requireRestrictions(grant, rules);
    Schedules schedules = new Schedules(session, rules, now);
    AccessKey key =
        new AccessKey(
            realm.getId(),
            text.id(),
            request.kind(),
            text.prefix(),
            owner.id(),
            Labels.checked(request.label()),
            grant,
            Validity.between(
                new Validity.Creation(now, creatorId),
                Expiries.notBefore(request.notBefore(), expires),
                expires),
            schedules.schedule(request.roll()),
            List.of(KeySecret.current(1, text, now)),
            Usage.NONE,
            1);
    schedules.requireRecipient(key);
    KeyStore store = session.getProvider(KeyStore.class);
    OwnerRoom room = new OwnerRoom(store.lock(realm, owner.id()), now);
    room.requireRoom(rules);
    more.accept(room);
    store.add(key);
    return new IssuedKey(key, text);
  }

  private KindPolicy rules(KeyKind kind) throws InvalidRequestException {
    requireReadable(policy);
    KindPolicy rules = policy.of(kind);
    if (!rules.enabled()) {
      throw new InvalidRequestException(
          "kind", "is disabled in this realm. Ask an administrator to enable it in the policy");
    }
    return rules;
  }

  /**
   * Refuses to hand out secrets under a policy that does not say what its author meant.
   *
   * @throws InvalidRequestException naming the first setting that is wrong
   */
  static void requireReadable(RealmPolicy policy) {
    Optional<String> fault = unreadable(policy);
    if (fault.isPresent()) {
      throw new InvalidRequestException("", fault.get());
    }
  }

  /** What must be mended of a policy before keys are stored under it; empty for nothing. */
  static Optional<String> unreadable(RealmPolicy policy) {
    return policy.invalid().keySet().stream()
        .sorted()
        .findFirst()
        .map(
            wrong ->
                "The realm's policy has to be corrected first: %s %s"
                    .formatted(wrong, policy.invalid().get(wrong)));
  }

  private static String prefix(KeyRequest request, KindPolicy rules)
      throws InvalidRequestException {
    String prefix = request.prefix().orElse(rules.prefixes().get(0));
    if (!rules.prefixes().contains(prefix)) {
      throw new InvalidRequestException("prefix", "must be one of " + rules.prefixes());
    }
    return prefix;
  }
}
