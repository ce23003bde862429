package io.accesskeys.verification;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.verification.Decision.Authenticated;
import io.accesskeys.verification.Decision.OnClient;
import io.accesskeys.verification.Decision.Refused;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * The part of the decision that is about client secrets. They are for their own client's
 * authentication and nothing else, so there is no API client, and no scope.
 */
record ClientSecrets(RealmModel realm) {

  /**
   * Decides on a key that is alive.
   *
   * @param demand who it shall authenticate
   */
  OnClient decide(AccessKey key, KeySecret secret, RequestFacts facts, Requirements demand) {
    if (key.kind() != KeyKind.CLIENT_SECRET) {
      return Refused.of(Reason.WRONG_KIND, key.id());
    }
    ClientModel client = realm.getClientById(key.ownerId());
    if (client == null) {
      return Refused.of(Reason.OWNER_MISSING, key.id());
    }
    Optional<Reason> reason = reason(client, demand);
    if (reason.isPresent()) {
      return Refused.of(reason.get(), key.id());
    }
    Objections objections = Objections.of(key, facts);
    return objections.enforced().isPresent()
        ? new Refused(Reason.RESTRICTION, Optional.of(key.id()), objections.enforced())
        : new Authenticated(key, secret, client, objections.reported());
  }

  private static Optional<Reason> reason(ClientModel client, Requirements demand) {
    if (!demand.clients().stream().allMatch(client.getClientId()::equals)) {
      return Optional.of(Reason.WRONG_CLIENT);
    }
    if (!client.isEnabled()) {
      return Optional.of(Reason.OWNER_CLIENT_DISABLED);
    }
    if (!new KeyOwner.Client(client).authenticatesBySecret()) {
      return Optional.of(Reason.WRONG_AUTHENTICATOR);
    }
    return demand.scopes().isEmpty() ? Optional.empty() : Optional.of(Reason.INSUFFICIENT_SCOPE);
  }
}
