package io.accesskeys.policy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * What a realm allows of keys: the config of the required action {@value #ACTION}, edited in the
 * Admin Console and carried by realm exports. A realm without it has the defaults: short, and
 * closed.
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
 * @param whenExposed what becomes of a key whose current secret was found in public
 * @param whenSuccessorUnused what becomes of an old secret whose successor was never used
 * @param whenRetiredUsed what becomes of a key whose retired secret is used
 * @param revokedRetention how long a revoked key is kept, so that its use is recognised
 * @param trustedProxies who may say where a request comes from
 * @param invalid settings that cannot be read, with the reason; their defaults stand in for them,
 *     and no key is made until they are mended
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
    WhenExposed whenExposed,
    WhenSuccessorUnused whenSuccessorUnused,
    WhenRetiredUsed whenRetiredUsed,
    Duration revokedRetention,
    TrustedProxies trustedProxies,
    Map<String, String> invalid) {

  /** The required action whose config this is: in realm exports, so never to change. */
  public static final String ACTION = "create-access-key";

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

  /**
   * What settings spell, for those that were read lately: every request asks for the policy, and
   * reading it takes longer than all that is decided by it.
   */
  private static final Map<Map<String, String>, RealmPolicy> READ = new ConcurrentHashMap<>();

  /** How many are remembered: more than any server has realms with a policy of their own. */
  private static final int MAX_READ = 1_000;

  /** The policy of this realm. */
  public static RealmPolicy of(RealmModel realm) {
    return of(settings(realm));
  }

  /**
   * The policy that these settings spell; for those that are missing or wrong, the default. A
   * setting that is null is missing: Keycloak has it so after it was cleared.
   */
  public static RealmPolicy of(Map<String, String> settings) {
    RealmPolicy known = READ.get(settings);
    if (known != null) {
      return known;
    }
    RealmPolicy read = read(settings);
    if (READ.size() >= MAX_READ) {
      READ.clear();
    }
    // A copy: Keycloak's map may be changed under us.
    READ.put(new HashMap<>(settings), read);
    return read;
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

  private static RealmPolicy read(Map<String, String> settings) {
    Map<String, String> present = new HashMap<>(settings);
    present.values().removeIf(Objects::isNull);
    return new PolicyReader(present).read();
  }

  private static Map<String, String> settings(RealmModel realm) {
    // Not getRequiredActionConfigByAlias: Keycloak's admin endpoint writes what an administrator
    // has sent into that object of the realm cache, and only then has it validated.
    RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(ACTION);
    return action == null || action.getConfig() == null ? Map.of() : action.getConfig();
  }
}
