package io.accesskeys.verification;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.key.SecretHash;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.Transport;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.BrokenRule;
import io.accesskeys.verification.Decision.OnClient;
import io.accesskeys.verification.Decision.OnKey;
import io.accesskeys.verification.Decision.Refused;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The one decision behind every entry point: is this key good for this request, now?
 *
 * <p>It goes from what costs nothing to what costs a look-up: transport, shape and checksum, row,
 * secret, state, realm and owner, API client, restrictions, demand. It writes nothing.
 */
public final class Verifier {

  /** The hash of nothing that can be presented. */
  private static final SecretHash NO_SECRET = new SecretHash(SecretHash.SHA_256, "A".repeat(43));

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;

  /** A verifier for the realm of this session. */
  public Verifier(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = RealmPolicy.of(session, realm);
  }

  /**
   * Decides on presented text.
   *
   * @param presented anything at all
   */
  public OnKey verify(String presented, RequestFacts facts, Requirements demand) {
    return decide(
        presented, (key, secret) -> verify(key, secret, facts, demand), refused -> refused);
  }

  /**
   * Decides whether presented text proves that whoever has sent it is this client.
   *
   * @param presented anything at all
   * @param clientId who they say they are
   */
  public OnClient authenticate(String presented, RequestFacts facts, String clientId) {
    return decide(
        presented,
        (key, secret) -> authenticate(key, secret, facts, Requirements.forClient(clientId)),
        refused -> refused);
  }

  /**
   * Decides whether a JWT that was minted from a key still stands: as if the key were presented
   * now, but for its secret, which the minting has seen.
   *
   * @param keyId the key it was minted from
   * @param secretNumber the version of the secret it was minted with
   */
  public OnKey verifyMinted(
      String keyId, int secretNumber, RequestFacts facts, Requirements demand) {
    Optional<AccessKey> key = cached(keyId);
    if (key.isEmpty()) {
      return Refused.of(Reason.UNKNOWN);
    }
    Optional<KeySecret> secret = key.get().secret(secretNumber);
    return secret.isEmpty()
        ? Refused.of(Reason.RETIRED_SECRET, keyId)
        : verify(key.get(), secret.get(), facts, demand);
  }

  /** Whether nobody can say now who the owner of this key is: their user federation is silent. */
  public boolean cannotReachOwnerOf(String keyId) {
    return cached(keyId)
        .flatMap(key -> KeyOwner.of(key, session, realm))
        .filter(KeyOwner::isUnreachable)
        .isPresent();
  }

  /**
   * Decides as if the current secret of this key were presented: to explain, not to let anybody in.
   */
  public Decision explain(AccessKey key, RequestFacts facts, Requirements demand) {
    return switch (key.kind()) {
      case CLIENT_SECRET -> authenticate(key, key.current(), facts, demand);
      case API_KEY, PERSONAL_ACCESS_TOKEN -> verify(key, key.current(), facts, demand);
    };
  }

  private Optional<AccessKey> cached(String keyId) {
    return KeyText.isId(keyId) ? store().cached(realm, keyId) : Optional.empty();
  }

  /**
   * From transport to secret.
   *
   * @param then what more there is to ask
   * @param refused gives a refusal as such a decision
   */
  private <T> T decide(
      String presented, BiFunction<AccessKey, KeySecret, T> then, Function<Refused, T> refused) {
    if (Transport.forbidsKeys(session)) {
      Optional<String> id = KeyText.parse(presented).map(KeyText::id);
      return refused.apply(new Refused(Reason.INSECURE_TRANSPORT, id, Optional.empty()));
    }
    PresentedKeys keys = new PresentedKeys(session, policy);
    Optional<PresentedKey> text = keys.read(presented);
    if (text.isEmpty()) {
      return refused.apply(
          Refused.of(keys.isEndedLegacy(presented) ? Reason.LEGACY_ENDED : Reason.MALFORMED));
    }
    Optional<AccessKey> key = keys.cached(text.get());
    if (key.isEmpty()) {
      // As long as a secret that is looked at takes, so that the time does not tell who exists.
      text.get().matches(NO_SECRET);
      return refused.apply(new Refused(Reason.UNKNOWN, text.get().namedId(), Optional.empty()));
    }
    Optional<KeySecret> secret = key.get().secretOf(text.get());
    return secret.isEmpty()
        ? refused.apply(keys.mistaken(text.get(), key.get()))
        : then.apply(key.get(), secret.get());
  }

  private OnClient authenticate(
      AccessKey key, KeySecret secret, RequestFacts facts, Requirements demand) {
    return stateReason(key, secret, facts)
        .<OnClient>map(reason -> Refused.of(reason, key.id()))
        .orElseGet(() -> new ClientSecrets(realm).decide(key, secret, facts, demand));
  }

  private OnKey verify(AccessKey key, KeySecret secret, RequestFacts facts, Requirements demand) {
    Optional<Reason> dead = stateReason(key, secret, facts);
    if (dead.isPresent()) {
      return Refused.of(dead.get(), key.id());
    }
    return KeyOwner.of(key, session, realm)
        .map(
            owner ->
                owner.<OnKey>fold(
                    person -> verify(key, secret, person.user(), facts, demand),
                    account ->
                        isOff(account) && account.user().isEnabled()
                            ? Refused.of(Reason.OWNER_CLIENT_DISABLED, key.id())
                            : verify(key, secret, account.user(), facts, demand),
                    // A client secret is for its client's authentication and for nothing else.
                    client -> Refused.of(Reason.WRONG_KIND, key.id()),
                    unreachable -> Refused.of(Reason.OWNER_UNREACHABLE, key.id())))
        .orElseGet(() -> Refused.of(Reason.OWNER_MISSING, key.id()));
  }

  private OnKey verify(
      AccessKey key, KeySecret secret, UserModel owner, RequestFacts facts, Requirements demand) {
    if (!owner.isEnabled()) {
      return Refused.of(Reason.OWNER_DISABLED, key.id());
    }
    ClientModel apiClient = realm.getClientById(key.grant().clientId());
    if (apiClient == null || !apiClient.isEnabled()) {
      return Refused.of(
          apiClient == null ? Reason.API_CLIENT_MISSING : Reason.API_CLIENT_DISABLED, key.id());
    }
    Optional<ApiClientRule> broken = ApiClientRule.firstBrokenBy(apiClient, store()::hasRoles);
    if (broken.isPresent()) {
      return new Refused(
          Reason.API_CLIENT_RULE, Optional.of(key.id()), broken.map(BrokenRule::new));
    }
    Objections objections = Objections.of(key, facts);
    if (objections.enforced().isPresent()) {
      return new Refused(Reason.RESTRICTION, Optional.of(key.id()), objections.enforced());
    }
    Set<String> scopes =
        GrantableScopes.names(GrantableScopes.permitted(apiClient, owner, key.grant().scopes()));
    return demand
        .unmetBy(key, owner, apiClient, scopes)
        .<OnKey>map(reason -> Refused.of(reason, key.id()))
        .orElseGet(
            () -> new Accepted(key, secret, owner, apiClient, scopes, objections.reported()));
  }

  private Optional<Reason> stateReason(AccessKey key, KeySecret secret, RequestFacts facts) {
    if (!policy.of(key.kind()).enabled()) {
      return Optional.of(Reason.KIND_DISABLED);
    }
    if (secret.hash().isLegacy() && !policy.legacyTexts().areAcceptedAt(facts.at())) {
      return Optional.of(Reason.LEGACY_ENDED);
    }
    Optional<Reason> dead =
        switch (key.stateAt(facts.at(), policy.limits(key.kind()))) {
          case PENDING -> Optional.of(Reason.PENDING);
          case SUSPENDED -> Optional.of(Reason.SUSPENDED);
          case EXPIRED -> Optional.of(Reason.EXPIRED);
          case REVOKED -> Optional.of(Reason.REVOKED);
          case EXPOSED -> Optional.of(Reason.EXPOSED);
          case ACTIVE, ROLLING ->
              secret.retiredAt(facts.at()) ? Optional.of(Reason.RETIRED_SECRET) : Optional.empty();
        };
    return dead.isPresent() || realm.isEnabled() ? dead : Optional.of(Reason.REALM_DISABLED);
  }

  private static boolean isOff(KeyOwner.ServiceAccount account) {
    return !account.client().isEnabled() || !account.client().isServiceAccountsEnabled();
  }

  private KeyStore store() {
    return session.getProvider(KeyStore.class);
  }
}
