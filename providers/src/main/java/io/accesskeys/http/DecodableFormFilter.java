package io.accesskeys.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Watches the forms that are sent to our revocation endpoint, the only one of ours that takes any:
 * one that cannot be decoded is answered with 400.
 *
 * <p>It runs on the event loop, so it must not block: the body is read later.
 */
@Provider
@PreMatching
public final class DecodableFormFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.POST) && OurPaths.isRevocation(request)) {
      request.setEntityStream(new DecodableForm(request.getEntityStream()));
    }
  }
}
