package io.accesskeys.rest.gateway;

import io.accesskeys.key.StorableText;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.Requirements;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Which API is being called: the one that is demanded, or else the only one of the realm. */
record CalledApi(KeycloakSession session, Requirements demand) {

  /**
   * Its client. Asked before anything is known of who asks, so it costs one look-up at most.
   *
   * @return empty if several are demanded, or nobody can say which one is meant
   */
  Optional<ClientModel> client() {
    Set<String> demanded = demand.clients();
    if (demanded.isEmpty()) {
      return only();
    }
    return Optional.of(demanded)
        .filter(names -> names.size() == 1)
        .map(names -> names.iterator().next())
        .filter(StorableText::mayBeName)
        .map(session.getContext().getRealm()::getClientByClientId);
  }

  /** Whether it goes without saying that a key for this client is for the API that is called. */
  boolean is(ClientModel apiClient) {
    return !demand.clients().isEmpty()
        || only().filter(one -> one.getId().equals(apiClient.getId())).isPresent();
  }

  private Optional<ClientModel> only() {
    return session.getProvider(KeyStore.class).onlyApiClient(session.getContext().getRealm());
  }
}
