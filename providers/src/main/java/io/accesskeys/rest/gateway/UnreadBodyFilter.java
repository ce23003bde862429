package io.accesskeys.rest.gateway;

import io.accesskeys.http.OurPaths;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Lets forward authentication take a request without its body, as gateways send it: with the type
 * and the length of a form that never comes. Keycloak reads forms before the method of a resource
 * is called, for the HTTP methods that usually have one, and waits a minute for this one.
 *
 * <p>It runs on the event loop, so it must not block.
 */
@Provider
@PreMatching
public final class UnreadBodyFilter implements ContainerRequestFilter {

  private static final Set<String> WITH_A_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  @Override
  public void filter(ContainerRequestContext request) {
    if (WITH_A_BODY.contains(request.getMethod()) && OurPaths.isForwardAuth(request)) {
      request.setMethod(HttpMethod.GET);
    }
  }
}
