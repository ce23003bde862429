package io.accesskeys.verification;

import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The roles that Keycloak's own endpoints go by: those of {@code realm-management}, {@code account}
 * and {@code broker}, and in the realm {@code master} the roles {@code admin} and {@code
 * create-realm} and all roles of the clients {@code <realm>-realm}. Keys are for other people's
 * APIs, so none of these is ever granted to one.
 */
public final class KeycloakRoles {

  private static final Set<String> CLIENTS =
      Set.of(
          Constants.REALM_MANAGEMENT_CLIENT_ID,
          Constants.ACCOUNT_MANAGEMENT_CLIENT_ID,
          Constants.BROKER_SERVICE_CLIENT_ID);

  private static final Set<String> OF_MASTER = Set.of("admin", "create-realm");

  /** How the client in {@code master} ends that has the roles for administering one realm. */
  private static final String MASTER_CLIENT = "-realm";

  private KeycloakRoles() {}

  /** Those among these roles and all that they are composed of. */
  public static Stream<RoleModel> among(Set<RoleModel> roles, RealmModel realm) {
    return RoleUtils.expandCompositeRoles(roles).stream().filter(role -> includes(role, realm));
  }

  /** Whether the roles of the client of this {@code client_id} are Keycloak's own. */
  public static boolean areOfClient(String clientId, RealmModel realm) {
    return CLIENTS.contains(clientId) || (isMaster(realm) && clientId.endsWith(MASTER_CLIENT));
  }

  /** Whether the realm role of this name is Keycloak's own. */
  public static boolean isOfRealm(String roleName, RealmModel realm) {
    return isMaster(realm) && OF_MASTER.contains(roleName);
  }

  private static boolean includes(RoleModel role, RealmModel realm) {
    return role.getContainer() instanceof ClientModel client
        ? areOfClient(client.getClientId(), realm)
        : isOfRealm(role.getName(), realm);
  }

  private static boolean isMaster(RealmModel realm) {
    return realm.getName().equals(Config.getAdminRealm());
  }
}
