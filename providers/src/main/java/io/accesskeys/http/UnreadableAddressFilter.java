package io.accesskeys.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Refuses a request to one of our endpoints whose own URI cannot be read, because {@code Host} or a
 * header of a proxy has something in it that no URI may have. The transport of a request and the
 * issuer of a token are read off that URI, and Keycloak answers 500 to whoever reads it.
 *
 * <p>It runs on the event loop, so it must not block.
 */
@Provider
@PreMatching
public final class UnreadableAddressFilter implements ContainerRequestFilter {

  /** What of a URI each header says, the one that Keycloak believes before the one it replaces. */
  private static final Map<String, UnaryOperator<String>> URIS =
      Map.of(
          "X-Forwarded-Proto",
          scheme -> scheme + "://host/",
          "X-Forwarded-Host",
          host -> "http://" + host + "/",
          "X-Forwarded-Prefix",
          prefix -> "http://host/" + prefix,
          HttpHeaders.HOST,
          host -> "http://" + host + "/");

  private static final List<String> HEADERS =
      List.of("X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", HttpHeaders.HOST);

  private static final String FORWARDED = "Forwarded";

  @Override
  public void filter(ContainerRequestContext request) {
    if (OurPaths.isOurs(request) && !isReadable(request.getUriInfo())) {
      request.abortWith(refusal(request.getHeaders()).response().build());
    }
  }

  private static boolean isReadable(UriInfo uri) {
    try {
      return uri.getRequestUri().isAbsolute();
    } catch (RuntimeException e) {
      // Of what kind it is depends on what the headers have done to Quarkus before.
      return false;
    }
  }

  private static Problem refusal(MultivaluedMap<String, String> headers) {
    Problem problem =
        Problem.of(
            Problem.Kind.INVALID_REQUEST,
            "The address that this request was sent to cannot be read. Let the proxy in front of"
                + " Keycloak set Host, and Forwarded or X-Forwarded-Host, -Proto and -Prefix, and"
                + " not pass on what its clients have sent under these names");
    return culprit(headers).map(problem::at).orElse(problem);
  }

  /** The header that no URI can be made of; empty if it cannot be told. */
  static Optional<String> culprit(MultivaluedMap<String, String> headers) {
    return HEADERS.stream()
        .filter(
            name ->
                headers.getOrDefault(name, List.of()).stream()
                    .limit(1)
                    .anyMatch(line -> !isUri(URIS.get(name).apply(firstOf(line)))))
        // Whatever it was before, by now it has what Keycloak has taken from the other header.
        .map(name -> isOnlyCopied(name, headers) ? FORWARDED : name)
        .findFirst();
  }

  private static boolean isOnlyCopied(String name, MultivaluedMap<String, String> headers) {
    return name.equals(HttpHeaders.HOST) && headers.containsKey(FORWARDED);
  }

  /** As Keycloak reads it: what stands before the first comma. */
  private static String firstOf(String line) {
    int comma = line.indexOf(',');
    return comma < 0 ? line : line.substring(0, comma);
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
