package io.accesskeys.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * The facts of a request with a key as an authenticated client tells them, to which it was sent:
 * {@code client_ip=203.0.113.9} and {@code client_headers={"Referer":"https://app.example.com/"}}.
 * What is not told is unknown; the address and headers of the client itself are not the holder's.
 */
public final class ToldFacts {

  private static final String ADDRESS = "client_ip";
  private static final String HEADERS = "client_headers";

  private ToldFacts() {}

  /**
   * Reads them off a form.
   *
   * @param caller the client that presents the key
   * @throws ErrorResponseException 400 if the headers are no JSON object of strings
   */
  public static RequestFacts in(MultivaluedMap<String, String> form, Optional<String> caller) {
    return new RequestFacts(
        Optional.ofNullable(form.getFirst(ADDRESS)), caller, headers(form), Requests.now());
  }

  private static RequestHeaders headers(MultivaluedMap<String, String> form) {
    if (!form.containsKey(HEADERS)) {
      return RequestHeaders.NONE;
    }
    JsonNode object = read(form.getFirst(HEADERS));
    if (!object.isObject()) {
      throw unreadable();
    }
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, JsonNode> header : object.properties()) {
      if (!header.getValue().isTextual()) {
        throw unreadable();
      }
      headers.put(header.getKey(), header.getValue().textValue());
    }
    return Requests.headers(headers);
  }

  private static JsonNode read(String text) {
    try {
      return JsonSerialization.readValue(text, JsonNode.class);
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private static ErrorResponseException unreadable() {
    return new ErrorResponseException(
        OAuthErrorException.INVALID_REQUEST,
        HEADERS + " must be a JSON object of strings",
        Response.Status.BAD_REQUEST);
  }
}
