package io.accesskeys.request;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/** Whether a key may travel the way this request came. */
public final class Transport {

  /** A WebSocket begins as a request of HTTP, and some proxies name what it will be. */
  private static final Set<String> OVER_TLS = Set.of("https", "wss");

  private Transport() {}

  /**
   * Whether the request came over plain HTTP from where the realm's {@code sslRequired} forbids it.
   *
   * <p>Looks at the request itself. Keycloak's own check looks at the frontend URL, which with a
   * configured {@code hostname} says https however the request came.
   */
  public static boolean forbidsKeys(KeycloakSession session) {
    KeycloakContext context = session.getContext();
    return !isOverTls(context.getHttpRequest().getUri().getRequestUri())
        && context.getRealm().getSslRequired().isRequired(ClientAddress.of(session).orElse(null));
  }

  /**
   * Whether this URI is of a scheme over TLS, in upper or lower case (RFC 3986 section 3.1): behind
   * a proxy the scheme is the word that the proxy has sent.
   */
  public static boolean isOverTls(URI uri) {
    return uri.getScheme() != null && OVER_TLS.contains(uri.getScheme().toLowerCase(Locale.ROOT));
  }
}
