package io.accesskeys.oauth;

import io.accesskeys.key.KeyText;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.Transport;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Leaves an event when a key was sent to a token or introspection endpoint, or as a client's secret
 * to any endpoint where clients authenticate, over plain HTTP where the realm forbids it. Keycloak
 * refuses such a request before any provider of ours is asked and says nothing; but that key has
 * been on the wire for all to read, and its owner should know.
 *
 * <p>It looks at the response, because a form cannot be read yet when filters see the request.
 */
@Provider
public final class InsecureTransportFilter implements ContainerResponseFilter {

  private static final String ENDPOINTS = "/protocol/openid-connect/";
  private static final String OUR_REVOCATION = "/access-keys/revoke";
  private static final List<Place> PLACES =
      List.of(
          new Place("token", "access_key", EventType.OAUTH2_EXTENSION_GRANT, "grant"),
          new Place("token", OAuth2Constants.SUBJECT_TOKEN, EventType.TOKEN_EXCHANGE, "exchange"),
          new Place("token", "password", EventType.LOGIN, "direct_grant"),
          new Place("token/introspect", "token", EventType.INTROSPECT_TOKEN, "introspection"));

  /** Where a key can be in a form, and what to say of it. */
  private record Place(String endpoint, String parameter, EventType event, String way) {}

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String path = request.getUriInfo().getPath();
    // Before the rest of the URI, which cannot be read of every request that Keycloak answers.
    if (response.getStatus() != Response.Status.FORBIDDEN.getStatusCode()
        || !(path.contains(ENDPOINTS) || path.endsWith(OUR_REVOCATION))) {
      return;
    }
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    // Who was refused on the event loop has no session, and never got to these endpoints.
    if (session != null
        && session.getContext().getRealm() != null
        && Transport.forbidsKeys(session)) {
      leaveEvents(session, path);
    }
  }

  private static void leaveEvents(KeycloakSession session, String path) {
    HttpRequest request = session.getContext().getHttpRequest();
    PresentedSecret.in(request).stream()
        .flatMap(secret -> secret.key().stream())
        .forEach(
            key ->
                leave(
                    session,
                    Optional.of(key.id()),
                    EventType.CLIENT_LOGIN,
                    "client_authentication"));
    KeyTexts keys = RealmPolicy.of(session, session.getContext().getRealm()).keyTexts();
    for (Place place : PLACES) {
      if (path.endsWith(ENDPOINTS + place.endpoint)) {
        Stream.ofNullable(request.getDecodedFormParameters().getFirst(place.parameter))
            .filter(keys::isMarked)
            .map(sent -> KeyText.parse(sent).map(KeyText::id))
            .forEach(id -> leave(session, id, place.event, place.way));
      }
    }
  }

  private static void leave(
      KeycloakSession session, Optional<String> id, EventType type, String way) {
    Refused refused = new Refused(Reason.INSECURE_TRANSPORT, id, Optional.empty());
    UseRecorder.refused(session, type, refused.by(way));
  }
}
