package io.accesskeys.issue;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.GrantableScopes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Creates keys: checks the wish against policy, API client and owner, and stores the result. */
public final class KeyIssuer {

  private static final int MAX_NAME = 120;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final SecureRandom random;

  /** An issuer for the realm of this session. */
  public KeyIssuer(KeycloakSession session, RealmPolicy policy, SecureRandom random) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.random = random;
  }

  /**
   * Creates a key.
   *
   * @param owner who it will act as: for an API key a service account, else a person
   * @param creatorId the id of the user who asks
   * @throws InvalidRequestException naming the member that is wrong; nothing was stored then
   */
  public IssuedKey issue(KeyRequest request, UserModel owner, String creatorId, Instant at)
      throws InvalidRequestException {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    ClientModel apiClient = apiClient(request.client());
    Grant grant =
        new Grant(
            apiClient.getId(), scopes(request.scopes(), apiClient, owner), request.restrictions());
    KeyText text = KeyText.generate(request.kind().defaultPrefix(), random);
    AccessKey key =
        new AccessKey(
            realm.getId(),
            text.id(),
            request.kind(),
            text.prefix(),
            owner.getId(),
            name(request.name()),
            grant,
            Validity.until(new Validity.Creation(now, creatorId), expiry(request.expiresAt(), now)),
            List.of(KeySecret.current(1, text, now)),
            1);
    session.getProvider(KeyStore.class).add(key);
    return new IssuedKey(key, text);
  }

  private static String name(String name) throws InvalidRequestException {
    String trimmed = name.strip();
    if (trimmed.isEmpty() || trimmed.length() > MAX_NAME) {
      throw new InvalidRequestException("name", "must have 1 to " + MAX_NAME + " characters");
    }
    if (trimmed.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidRequestException("name", "must have no control characters");
    }
    return trimmed;
  }

  private ClientModel apiClient(String clientId) throws InvalidRequestException {
    ClientModel client = realm.getClientByClientId(clientId);
    if (client == null || !client.isEnabled()) {
      throw new InvalidRequestException("client", "is no enabled client of this realm");
    }
    Optional<ApiClientRule> broken = ApiClientRule.firstBrokenBy(client);
    if (broken.isPresent()) {
      throw new InvalidRequestException(
          "client",
          "cannot have access keys: " + broken.get().wireName() + ": " + broken.get().sentence());
    }
    return client;
  }

  private static Set<String> scopes(List<String> names, ClientModel apiClient, UserModel owner)
      throws InvalidRequestException {
    Set<String> menu =
        GrantableScopes.menu(apiClient).map(ClientScopeModel::getName).collect(Collectors.toSet());
    Set<String> wanted = Set.copyOf(names);
    Set<String> permitted = GrantableScopes.permitted(apiClient, owner, wanted);
    for (int i = 0; i < names.size(); i++) {
      String field = "scopes[" + i + "]";
      if (!menu.contains(names.get(i))) {
        throw new InvalidRequestException(field, "is no grantable scope of this client");
      }
      if (!permitted.contains(names.get(i))) {
        throw new InvalidRequestException(field, "needs a role that the owner does not have");
      }
    }
    return wanted;
  }

  private Instant expiry(Optional<Instant> wanted, Instant now) throws InvalidRequestException {
    if (wanted.isEmpty()) {
      return now.plus(policy.defaultLifetime());
    }
    Instant expiry = wanted.get().truncatedTo(ChronoUnit.MILLIS);
    if (!expiry.isAfter(now)) {
      throw new InvalidRequestException("expiresAt", "must lie ahead");
    }
    if (expiry.isAfter(now.plus(policy.maxLifetime()))) {
      throw new InvalidRequestException(
          "expiresAt", "must be at most " + policy.maxLifetime().toDays() + " days ahead");
    }
    return expiry;
  }
}
