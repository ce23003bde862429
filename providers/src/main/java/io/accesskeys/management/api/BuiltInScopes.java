package io.accesskeys.management.api;

import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.constants.ServiceAccountConstants;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;

/** The client scopes that Keycloak makes in every realm. */
final class BuiltInScopes {

  private static final Set<String> NAMES =
      Set.of(
          "address",
          "email",
          "organization",
          "phone",
          "profile",
          "role_list",
          "saml_organization",
          OAuth2Constants.OFFLINE_ACCESS,
          OIDCLoginProtocolFactory.ACR_SCOPE,
          OIDCLoginProtocolFactory.BASIC_SCOPE,
          OIDCLoginProtocolFactory.DELEGATION_SCOPE,
          OIDCLoginProtocolFactory.MICROPROFILE_JWT_SCOPE,
          OIDCLoginProtocolFactory.ROLES_SCOPE,
          OIDCLoginProtocolFactory.WEB_ORIGINS_SCOPE,
          ServiceAccountConstants.SERVICE_ACCOUNT_SCOPE);

  /** Those that the tokens of an API client need: who it is about, and what they may do. */
  static final Set<String> NEEDED =
      Set.of(OIDCLoginProtocolFactory.BASIC_SCOPE, OIDCLoginProtocolFactory.ROLES_SCOPE);

  private BuiltInScopes() {}

  /**
   * Whether no key may carry a scope of this name: a key that comes without {@code basic} or {@code
   * roles} would have tokens without an owner or without roles, and {@code openid} asks for what
   * only somebody who signs in is given.
   */
  static boolean reserve(String name) {
    return NEEDED.contains(name) || name.equals(OAuth2Constants.SCOPE_OPENID);
  }

  static boolean include(ClientScopeModel scope) {
    return NAMES.contains(scope.getName());
  }
}
