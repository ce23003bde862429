package io.accesskeys.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Adds {@code errorMessage} to the problems of our admin endpoints. Keycloak's own have it, and
 * {@code kcadm} prints nothing else of a refusal.
 */
@Provider
public final class AdminProblemFilter implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem && OurPaths.isAdmin(request)) {
      response.setEntity(problem.forAdministrators());
    }
  }
}
