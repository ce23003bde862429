package io.accesskeys.oauth.discovery;

import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.RevocationEndpoint;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.representations.MTLSEndpointAliases;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.urls.UrlType;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * Keycloak's discovery document (OpenID Connect Discovery, RFC 8414) with our revocation endpoint
 * in it, where the realm's policy says so. A library that reads the document then revokes access
 * keys like any other token.
 *
 * <p>Everything else in the document, and an endpoint that the operator has put into it by {@code
 * openid-configuration-override}, stays as it is.
 */
final class RevocationDiscovery implements WellKnownProvider {

  /** Our endpoints in a realm: a provider id of ours, and a segment of the path. */
  private static final String ENDPOINTS = "access-keys";

  private final KeycloakSession session;
  private final WellKnownProvider keycloaks;

  /**
   * @param keycloaks makes the document
   */
  RevocationDiscovery(KeycloakSession session, WellKnownProvider keycloaks) {
    this.session = session;
    this.keycloaks = keycloaks;
  }

  @Override
  public Object getConfig() {
    Object document = keycloaks.getConfig();
    if (document instanceof OIDCConfigurationRepresentation configuration && isChosen()) {
      name(session, configuration);
    }
    return document;
  }

  @Override
  public void close() {
    keycloaks.close();
  }

  private boolean isChosen() {
    return RealmPolicy.of(session, session.getContext().getRealm()).revocationEndpoint()
            == RevocationEndpoint.ACCESS_KEYS
        // An operator can switch our endpoints off.
        && session
                .getKeycloakSessionFactory()
                .getProviderFactory(RealmResourceProvider.class, ENDPOINTS)
            != null;
  }

  /** Puts our revocation endpoint in place of Keycloak's. */
  private static void name(KeycloakSession session, OIDCConfigurationRepresentation document) {
    RealmModel realm = session.getContext().getRealm();
    // Keycloak has it below the frontend URL, unlike the token endpoint.
    String stock =
        OIDCLoginProtocolService.tokenRevocationUrl(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUriBuilder())
            .build(realm.getName())
            .toString();
    String ours =
        RealmsResource.realmBaseUrl(session.getContext().getUri(UrlType.FRONTEND))
            .path(ENDPOINTS)
            .path("revoke")
            .build(realm.getName())
            .toString();
    if (stock.equals(document.getRevocationEndpoint())) {
      document.setRevocationEndpoint(ours);
    }
    MTLSEndpointAliases aliases = document.getMtlsEndpointAliases();
    if (aliases != null && stock.equals(aliases.getRevocationEndpoint())) {
      aliases.setRevocationEndpoint(ours);
    }
  }
}
