package io.accesskeys.request;

import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The address of whoever has sent a request: a literal, or unknown. No name is ever looked up.
 *
 * <p>Behind proxies Keycloak goes by the leftmost address that their header names, which is what
 * the client itself has sent wherever a proxy appends. A realm that names its proxies therefore
 * gets the rightmost address that is none of them.
 */
public final class ClientAddress {

  private static final String KNOWN = ClientAddress.class.getName();

  private ClientAddress() {}

  /**
   * What was found for the request of a session, in this realm: every entry point asks several
   * times.
   */
  private record Known(RealmModel realm, Optional<String> address) {}

  /** The address of the client of this request; empty if it is unknown. */
  public static Optional<String> of(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    if (session.getAttribute(KNOWN) instanceof Known known && known.realm() == realm) {
      return known.address();
    }
    Optional<String> address = find(session);
    session.setAttribute(KNOWN, new Known(realm, address));
    return address;
  }

  private static Optional<String> find(KeycloakSession session) {
    KeycloakContext context = session.getContext();
    TrustedProxies proxies = RealmPolicy.of(session, context.getRealm()).trustedProxies();
    if (!proxies.isSet()) {
      return resolved(context.getConnection());
    }
    return peer()
        .filter(known -> proxies.readable())
        .flatMap(peer -> chain(context.getHttpRequest()).client(peer, proxies::trusts));
  }

  /** Writes it into an event, which otherwise has the address that Keycloak has found. */
  public static EventBuilder put(EventBuilder event, KeycloakSession session) {
    return event.ipAddress(of(session).orElse(null));
  }

  /**
   * By the host, which is what was sent. As an address Keycloak gives none for IPv6 in brackets,
   * and one for {@code 203.0.113.009}, which may mean two.
   */
  static Optional<String> resolved(ClientConnection connection) {
    return Optional.ofNullable(connection.getRemoteHost()).flatMap(AddressText::literal);
  }

  /** Only of a header that the server goes by: any other passes proxies as the client wrote it. */
  private static ForwardedChain chain(HttpRequest request) {
    Optional<String> headers =
        request.isProxyTrusted() ? ProxySettings.current().headers() : Optional.empty();
    return switch (headers.orElse("")) {
      case "xforwarded" -> ForwardedChain.ofXForwardedFor(lines(request, "X-Forwarded-For"));
      case "forwarded" -> ForwardedChain.ofForwarded(lines(request, "Forwarded"));
      default -> ForwardedChain.ofXForwardedFor(List.of());
    };
  }

  private static List<String> lines(HttpRequest request, String name) {
    return request.getHttpHeaders().getRequestHeaders().getOrDefault(name, List.of());
  }

  /**
   * The other end of the connection. Proxy headers replace the address of the request and of all
   * that Keycloak has of it, but not that of the connection.
   */
  private static Optional<String> peer() {
    Instance<HttpServerRequest> request = CDI.current().select(HttpServerRequest.class);
    return Optional.of(request)
        .filter(Instance::isResolvable)
        .map(found -> found.get().connection().remoteAddress())
        .map(SocketAddress::hostAddress);
  }
}
