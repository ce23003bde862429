package io.accesskeys.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;

/**
 * Refuses a form that is sent to one of our endpoints that take no body. Keycloak reads forms
 * before it calls the method of a resource: it waits a minute for one that never comes, and answers
 * 500 to one that cannot be decoded. An empty form, as of {@code curl -d ''}, is no form.
 *
 * <p>It runs on the event loop, so it must not block.
 */
@Provider
@PreMatching
public final class UnwantedFormFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.POST)
        && OurPaths.takesNoBody(request)
        && isForm(request.getHeaderString(HttpHeaders.CONTENT_TYPE))
        && !"0".equals(request.getHeaderString(HttpHeaders.CONTENT_LENGTH))) {
      request.abortWith(
          Problem.of(
                  Problem.Kind.INVALID_REQUEST,
                  "This endpoint takes no body. Send the request without the form")
              .response()
              .build());
    }
  }

  private static boolean isForm(String type) {
    String lower = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("application/x-www-form-urlencoded")
        || lower.startsWith("multipart/form-data");
  }
}
