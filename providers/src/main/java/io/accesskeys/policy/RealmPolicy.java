package io.accesskeys.policy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyPrefixes;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.key.LegacyTexts;
import io.accesskeys.key.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What a realm allows of keys: the config of the required action {@value #ACTION}, edited in the
 * Admin Console and carried by realm exports; where it says nothing, what we keep of it. A realm
 * that never said anything has the defaults: short, and closed.
 *
 * @param kinds what is allowed of each kind
 * @param lifetimePresets what a person who makes a key is offered
 * @param freshLogin how old a sign-in may be to create, roll or widen a key
 * @param selfService who may manage keys of their own
 * @param pageGives what a person gets from the page at sign-in
 * @param applications who may register applications
 * @param defaultOverlap how long the old secret lives after a roll that names no overlap
 * @param maxOverlap the longest overlap a roll may name
 * @param maxTokenLifespan no JWT minted from a key lives longer, whatever realm and client say
 * @param revocationBudget how long a gateway may go on honouring our last answer
 * @param acceptedEventEvery about how many uses accepted at forward-auth leave one event; 0 for
 *     none at all
 * @param revocationEndpoint which revocation endpoint discovery documents name
 * @param whenExposed what becomes of a key whose current secret was found in public
 * @param whenSuccessorUnused what becomes of an old secret whose successor was never used
 * @param whenRetiredUsed what becomes of a key whose retired secret is used
 * @param revokedRetention how long a revoked key is kept, so that its use is recognised
 * @param suggestions what suggestions rest on
 * @param trustedProxies who may say where a request comes from
 * @param legacyTexts which texts of other systems are taken for keys
 * @param invalid settings that cannot be read, with the reason; their last good values stand in for
 *     them, or else their defaults, and no key is made until they are mended
 */
public record RealmPolicy(
    Map<KeyKind, KindPolicy> kinds,
    List<Duration> lifetimePresets,
    Duration freshLogin,
    SelfService selfService,
    PageGives pageGives,
    Applications applications,
    Duration defaultOverlap,
    Duration maxOverlap,
    Duration maxTokenLifespan,
    Duration revocationBudget,
    int acceptedEventEvery,
    RevocationEndpoint revocationEndpoint,
    WhenExposed whenExposed,
    WhenSuccessorUnused whenSuccessorUnused,
    WhenRetiredUsed whenRetiredUsed,
    Duration revokedRetention,
    Suggestions suggestions,
    TrustedProxies trustedProxies,
    LegacyTexts legacyTexts,
    Map<String, String> invalid) {

  /** The required action whose config this is: in realm exports, so never to change. */
  public static final String ACTION = "create-access-key";

  /** What the Admin Console calls it. */
  public static final String ACTION_NAME = "Create Access Key";

  /**
   * Who may manage keys of their own.
   *
   * @param clients the {@code client_id}s whose users' tokens may do it
   * @param role the realm role that creating a key needs; empty for none
   */
  public record SelfService(Set<String> clients, Optional<String> role) {}

  /** What a person gets from the page at sign-in. */
  public enum PageGives {
    /** A key, to keep. */
    KEY,
    /** A short-lived JWT, minted from a key that ends with it. */
    TOKEN
  }

  /**
   * Who may register applications.
   *
   * @param role the realm role that it needs; empty lets nobody
   * @param perPerson how many a person may have
   * @param roles the realm roles that the service account of a new application gets
   */
  public record Applications(Optional<String> role, int perPerson, Set<String> roles) {}

  /**
   * What a suggestion of what a key needs rests on at least.
   *
   * @param minUses how many accepted uses
   * @param minDays how many days from the first use to the last, both included
   */
  public record Suggestions(int minUses, int minDays) {}

  /** Which revocation endpoint discovery documents name. */
  public enum RevocationEndpoint {
    /** Keycloak's own, which revokes no keys. */
    KEYCLOAK,
    /** Ours, which revokes keys and passes every other token to Keycloak. */
    ACCESS_KEYS
  }

  /** What becomes of a key whose current secret was found in public. */
  public enum WhenExposed {
    /** It is revoked, for good. */
    REVOKE,
    /** It is refused until its owner gives it a new secret. */
    SUSPEND
  }

  /** What becomes of an old secret that is about to retire while nobody has used the new one. */
  public enum WhenSuccessorUnused {
    /** The owner is told, and its end is put off once. */
    EXTEND,
    /** The owner is told. */
    NOTIFY
  }

  /** What becomes of a key whose retired secret is used. */
  public enum WhenRetiredUsed {
    /** Its owner is told. */
    NOTIFY,
    /** Its owner is told, and it is refused until they resume it. */
    SUSPEND
  }

  /** The policy of this realm. */
  public static RealmPolicy of(KeycloakSession session, RealmModel realm) {
    return session.getProvider(RealmPolicies.class).of(realm);
  }

  /** The policy that these settings spell; for those that are missing or wrong, the default. */
  public static RealmPolicy of(Map<String, String> settings) {
    return of(new PolicySources(settings, Map.of()));
  }

  static RealmPolicy of(PolicySources sources) {
    return new PolicyReader(sources).read();
  }

  /** What is allowed of a kind. */
  public KindPolicy of(KeyKind kind) {
    return kinds.get(kind);
  }

  /** What bears on the state of existing keys, by kind. */
  public Map<KeyKind, Limits> limits() {
    Map<KeyKind, Limits> limits = new EnumMap<>(KeyKind.class);
    kinds.forEach((kind, allowed) -> limits.put(kind, allowed.limits()));
    return limits;
  }

  /** What bears on the state of existing keys of a kind. */
  public Limits limits(KeyKind kind) {
    return of(kind).limits();
  }

  /**
   * What the keys of this realm may begin with: what its new keys do, and what they do where nobody
   * has said anything of prefixes.
   */
  public KeyPrefixes keyPrefixes() {
    return new KeyPrefixes(
        Stream.concat(
                Stream.of(KeyKind.values()).map(KeyKind::defaultPrefix),
                kinds.values().stream().flatMap(kind -> kind.prefixes().stream()))
            .collect(Collectors.toSet()));
  }

  /** What the realm takes for a key and not for a password, keys of other systems included. */
  public KeyTexts keyTexts() {
    return new KeyTexts(keyPrefixes(), legacyTexts);
  }
}
