package io.accesskeys.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;

/** Which endpoint a request is for, as filters must ask before Keycloak has chosen a resource. */
public final class OurPaths {

  private static final Pattern ANY =
      Pattern.compile("(?:/admin)?/realms/[^/]++/access-keys(?:/.*+)?", Pattern.DOTALL);

  private static final Pattern ADMIN =
      Pattern.compile("/admin/realms/[^/]++/access-keys(?:/.*+)?", Pattern.DOTALL);

  private static final Pattern FORWARD_AUTH =
      Pattern.compile("/realms/[^/]++/access-keys/verify(?:/.*+)?", Pattern.DOTALL);

  private static final Pattern REVOCATION = Pattern.compile("/realms/[^/]++/access-keys/revoke/?");

  private static final Pattern WITHOUT_BODY =
      Pattern.compile("(?:/admin)?/realms/[^/]++/access-keys/[^/]++/(?:suspend|resume|remove)/?");

  private OurPaths() {}

  /** Whether it is for one of our own endpoints; not for one of Keycloak's that accepts keys. */
  static boolean isOurs(ContainerRequestContext request) {
    return matches(ANY, request);
  }

  /** Whether it is for one of our endpoints for administrators. */
  static boolean isAdmin(ContainerRequestContext request) {
    return matches(ADMIN, request);
  }

  /** Whether it is for forward authentication, which reads no body. */
  public static boolean isForwardAuth(ContainerRequestContext request) {
    return matches(FORWARD_AUTH, request);
  }

  /** Whether it is for RFC 7009 revocation, which takes a form. */
  static boolean isRevocation(ContainerRequestContext request) {
    return matches(REVOCATION, request);
  }

  /** Whether it is for an endpoint that is called by POST and takes no body. */
  static boolean takesNoBody(ContainerRequestContext request) {
    return matches(WITHOUT_BODY, request);
  }

  private static boolean matches(Pattern pattern, ContainerRequestContext request) {
    return pattern.matcher(request.getUriInfo().getPath()).matches();
  }
}
