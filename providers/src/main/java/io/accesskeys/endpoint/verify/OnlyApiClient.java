package io.accesskeys.endpoint.verify;

import io.accesskeys.verification.Demand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /**
   * The API client that is meant: the one that is demanded, or else the only one.
   *
   * @return empty if several are demanded, or nobody can say which one is meant
   */
  Optional<ClientModel> orDemanded(Demand demand) {
    Set<String> demanded = demand.clients();
    if (demanded.isEmpty()) {
      return client();
    }
    return Optional.of(demanded)
        .filter(names -> names.size() == 1)
        .map(names -> realm.getClientByClientId(names.iterator().next()));
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
