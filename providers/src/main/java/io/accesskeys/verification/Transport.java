package io.accesskeys.verification;

import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/** Whether a key may travel the way this request came. */
public final class Transport {

  private Transport() {}

  /**
   * Whether the request came over plain HTTP from where the realm's {@code sslRequired} forbids it.
   *
   * <p>Looks at the request itself. Keycloak's own check looks at the frontend URL, which with a
   * configured {@code hostname} says https however the request came.
   */
  public static boolean forbidsKeys(KeycloakSession session) {
    KeycloakContext context = session.getContext();
    String scheme = context.getHttpRequest().getUri().getRequestUri().getScheme();
    return !"https".equals(scheme)
        && context.getRealm().getSslRequired().isRequired(ClientAddress.of(session).orElse(null));
  }
}
