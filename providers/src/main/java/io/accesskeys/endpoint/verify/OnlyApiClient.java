package io.accesskeys.endpoint.verify;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * The API client of a realm that has exactly one, so that it goes without saying which API is being
 * called. Looked up when somebody asks, and once: it is a walk through the clients.
 */
final class OnlyApiClient {

  private final RealmModel realm;
  private List<ClientModel> found;

  OnlyApiClient(RealmModel realm) {
    this.realm = realm;
  }

  /** The client; empty if the realm has none, or several. */
  Optional<ClientModel> client() {
    if (found == null) {
      // Keycloak refuses to search by attributes that the operator has not listed.
      found =
          realm
              .getClientsStream()
              .filter(client -> Boolean.parseBoolean(client.getAttribute("access-keys.enabled")))
              .limit(2)
              .toList();
    }
    return Optional.of(found).filter(one -> one.size() == 1).map(one -> one.get(0));
  }
}
