package io.accesskeys.endpoint;

import io.accesskeys.key.KeyText;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Transport;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.events.EventType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Leaves an event when a key was sent to a token or introspection endpoint over plain HTTP where
 * the realm forbids it. Keycloak refuses such a request before any provider of ours is asked and
 * says nothing; but that key has been on the wire for all to read, and its owner should know.
 *
 * <p>It looks at the response, because a form cannot be read yet when filters see the request.
 */
@Provider
public final class InsecureTransportFilter implements ContainerResponseFilter {

  private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() != Response.Status.FORBIDDEN.getStatusCode()
        || "https".equals(request.getUriInfo().getRequestUri().getScheme())) {
      return;
    }
    String path = request.getUriInfo().getPath();
    boolean introspection = path.endsWith(TOKEN_ENDPOINT + "/introspect");
    if (!introspection && !path.endsWith(TOKEN_ENDPOINT)) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session.getContext().getRealm() != null && Transport.forbidsKeys(session)) {
      keyIn(session.getContext().getHttpRequest())
          .ifPresent(key -> leaveEvent(session, key, introspection));
    }
  }

  private static Optional<KeyText> keyIn(HttpRequest request) {
    return Stream.of("access_key", "token")
        .map(request.getDecodedFormParameters()::getFirst)
        .flatMap(text -> KeyText.parse(text).stream())
        .findFirst();
  }

  private static void leaveEvent(KeycloakSession session, KeyText key, boolean introspection) {
    Refused refused = Refused.of(Reason.INSECURE_TRANSPORT, key.id());
    Uses.refused(
        session,
        introspection ? EventType.INTROSPECT_TOKEN : EventType.OAUTH2_EXTENSION_GRANT,
        refused.by(introspection ? "introspection" : "grant"));
  }
}
