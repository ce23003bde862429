package io.accesskeys.rest.gateway;

import io.accesskeys.restriction.RequestHeaders;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;
import org.keycloak.services.cors.Cors;

/**
 * What browsers may see of our answers, which gateways hand on: by Keycloak's own CORS, and the web
 * origins of the API client.
 */
final class GatewayCors {

  private static final String ANY = "*";

  /** By any of these a gateway says that the request is somebody else's. */
  private static final List<String> ORIGINALS =
      List.of(
          "X-Forwarded-Method",
          "X-Forwarded-Uri",
          "X-Original-Method",
          "X-Original-URI",
          "X-Original-URL");

  private final KeycloakSession session;
  private final Optional<String> origin;

  GatewayCors(KeycloakSession session, RequestHeaders headers) {
    this.session = session;
    this.origin = headers.only(Cors.ORIGIN_HEADER);
  }

  /**
   * Whether a browser asks us, and nobody else, what it may send. Our answer is a 200: a gateway
   * that hands the method of a request on to us must not take it for leave to let the request pass.
   */
  static boolean isPreflight(RequestHeaders headers) {
    return headers.only(Cors.ORIGIN_HEADER).isPresent()
        && headers.only("Access-Control-Request-Method").isPresent()
        && ORIGINALS.stream().allMatch(name -> headers.all(name).isEmpty());
  }

  /** Keycloak's answer to a preflight, on which nobody is. */
  static Response preflight() {
    return Cors.builder()
        .auth()
        .preflight()
        .allowedMethods(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS)
        .add(Identity.NOBODY.on(Response.ok()));
  }

  /**
   * Marks the answer as readable, if the request is from a page of the API client's. Any other page
   * is let in too, and sees nothing: whom a browser may ask is for the gateway to say.
   */
  void allow(Supplier<Optional<ClientModel>> apiClient) {
    if (origin.isEmpty()) {
      return;
    }
    Set<String> origins =
        apiClient
            .get()
            .map(client -> WebOriginsUtils.resolveValidWebOrigins(session, client))
            .orElse(Set.of());
    if (origins.contains(origin.get()) || origins.contains(ANY)) {
      Cors.builder()
          .auth()
          .exposedHeaders(HttpHeaders.WWW_AUTHENTICATE, DeniedResponse.ERROR, Identity.RETIRES_AT)
          .checkAllowedOrigins(List.copyOf(origins))
          .add();
    }
  }
}
