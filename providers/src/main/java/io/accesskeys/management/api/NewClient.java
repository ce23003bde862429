package io.accesskeys.management.api;

import io.accesskeys.store.OptIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.OAuth2DeviceConfig;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;

/** The client that is made for an API that has none. */
final class NewClient {

  private static final String OFF = "false";

  private NewClient() {}

  /**
   * A public client, because it has nothing that a secret would protect: nobody signs in with it,
   * and whoever trades a key for a token has the key.
   *
   * @param clientId its {@code client_id}
   */
  static ClientRepresentation representation(RealmModel realm, String clientId) {
    ClientRepresentation client = new ClientRepresentation();
    client.setClientId(clientId);
    client.setDescription("An API that access keys are issued for");
    client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    client.setEnabled(true);
    client.setPublicClient(true);
    client.setBearerOnly(false);
    client.setConsentRequired(false);
    client.setStandardFlowEnabled(false);
    client.setImplicitFlowEnabled(false);
    client.setDirectAccessGrantsEnabled(false);
    client.setServiceAccountsEnabled(false);
    client.setFullScopeAllowed(false);
    // Client policies may add to it.
    client.setAttributes(
        new HashMap<>(
            Map.of(
                OptIn.ENABLED, "true",
                OIDCConfigAttributes.USE_REFRESH_TOKEN, OFF,
                OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED, OFF,
                CibaConfig.OIDC_CIBA_GRANT_ENABLED, OFF)));
    client.setDefaultClientScopes(defaultScopes(realm));
    client.setOptionalClientScopes(new ArrayList<>());
    return client;
  }

  /** Those of Keycloak's that tokens need, unless somebody has mapped roles to them. */
  private static List<String> defaultScopes(RealmModel realm) {
    return realm
        .getClientScopesStream()
        .filter(scope -> BuiltInScopes.NEEDED.contains(scope.getName()))
        .filter(scope -> scope.getScopeMappingsStream().findAny().isEmpty())
        .map(ClientScopeModel::getName)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
