package io.accesskeys.testrivals;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/**
 * For benchmarks only: the hint {@code no-op} at Keycloak's introspection endpoint costs what the
 * endpoint itself does, authentication of the caller included.
 */
public final class NoOpIntrospectionFactory implements TokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new TokenIntrospectionProvider() {
      @Override
      public Response introspect(String token, EventBuilder event) {
        return Response.ok("{\"active\":true}", MediaType.APPLICATION_JSON_TYPE).build();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "no-op";
  }
}
