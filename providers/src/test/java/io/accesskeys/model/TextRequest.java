package io.accesskeys.model;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/** A form post of which nothing is there but the texts that somebody sends, and no server. */
public final class TextRequest {

  private TextRequest() {}

  /**
   * The request.
   *
   * @param headers by their names as we ask for them
   */
  public static HttpRequest of(
      Map<String, List<String>> headers,
      Map<String, List<String>> query,
      Map<String, String> form) {
    HttpHeaders sent =
        Partial.of(
            HttpHeaders.class,
            answers(
                Map.of(
                    "getRequestHeaders",
                    several(headers),
                    "getMediaType",
                    MediaType.APPLICATION_FORM_URLENCODED_TYPE)));
    UriInfo uri = Partial.of(UriInfo.class, answers(Map.of("getQueryParameters", several(query))));
    return Partial.of(
        HttpRequest.class,
        answers(
            Map.of(
                "getHttpHeaders", sent,
                "getUri", uri,
                "getDecodedFormParameters", new MultivaluedHashMap<>(form))));
  }

  /** A session that knows this request and nothing else. */
  public static KeycloakSession session(HttpRequest request) {
    KeycloakContext context =
        Partial.of(KeycloakContext.class, answers(Map.of("getHttpRequest", request)));
    return Partial.of(KeycloakSession.class, answers(Map.of("getContext", context)));
  }

  private static MultivaluedMap<String, String> several(Map<String, List<String>> values) {
    MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
    all.putAll(values);
    return all;
  }

  private static Partial.Answers answers(Map<String, Object> answers) {
    return (method, arguments) -> Optional.ofNullable(answers.get(method));
  }
}
