package io.accesskeys.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Map;

/**
 * Refuses a body of a type that cannot be read, at all endpoints of ours but forward
 * authentication, which reads none: a {@code Content-Type} that is no media type, a form in a
 * charset that there is not, a multipart form without a boundary. Keycloak answers 500 to them, and
 * to the first also where no body comes, since it reads the type once more for every answer. So the
 * header goes; without a body that is all.
 *
 * <p>It runs on the event loop, so it must not block.
 */
@Provider
@PreMatching
public final class UnreadableTypeFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (!OurPaths.isOurs(request) || OurPaths.isForwardAuth(request) || isReadable(request)) {
      return;
    }
    request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    if (hasBody(request)) {
      request.abortWith(
          Problem.of(
                  Problem.Kind.INVALID_REQUEST,
                  "The type of the body cannot be read. Send application/json, or"
                      + " application/x-www-form-urlencoded to revoke")
              .at(HttpHeaders.CONTENT_TYPE)
              .response()
              .build());
    }
  }

  private static boolean hasBody(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return request.getHeaders().containsKey("Transfer-Encoding")
        || (length != null && !"0".equals(length));
  }

  private static boolean isReadable(ContainerRequestContext request) {
    try {
      MediaType type = request.getMediaType();
      return type == null || isReadable(type);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isReadable(MediaType type) {
    Map<String, String> parameters = type.getParameters();
    if (type.getType().equalsIgnoreCase("multipart")) {
      return !parameters.getOrDefault("boundary", "").isEmpty();
    }
    return !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
        || isCharset(parameters.getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8"));
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }
}
