package io.accesskeys.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.http.Requests;
import io.accesskeys.restriction.CallingClient;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.restriction.UntrustedJson;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.OAuthErrorException;
import org.keycloak.services.ErrorResponseException;

/**
 * The facts of a request with a key as an authenticated client tells them, to which it was sent:
 * {@code client_ip=203.0.113.9} and {@code client_headers={"Referer":"https://app.example.com/"}}.
 * What is not told is unknown; the address and headers of the client itself are not the holder's.
 */
public final class ReportedFacts {

  private static final String ADDRESS = "client_ip";
  private static final String HEADERS = "client_headers";

  /** Nothing longer is an address: nobody has to keep it. */
  private static final int MAX_ADDRESS = 64;

  /** More than a server takes of headers. */
  private static final int MAX_HEADERS = 64 * 1024;

  private static final ObjectMapper JSON = UntrustedJson.builder().build();

  private ReportedFacts() {}

  /**
   * Reads them off a form.
   *
   * @param caller the client that presents the key
   * @throws ErrorResponseException 400 if the headers are no JSON object of strings, or one is
   *     there twice
   */
  public static RequestFacts in(
      MultivaluedMap<String, String> form, Optional<CallingClient> caller) {
    return new RequestFacts(
        Optional.ofNullable(form.getFirst(ADDRESS)).filter(text -> text.length() <= MAX_ADDRESS),
        caller,
        headers(form),
        Requests.now());
  }

  private static RequestHeaders headers(MultivaluedMap<String, String> form) {
    if (!form.containsKey(HEADERS)) {
      return RequestHeaders.NONE;
    }
    JsonNode object = read(form.getFirst(HEADERS));
    if (!object.isObject()) {
      throw unreadable();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonNode> header : object.properties()) {
      // The same header in another case would leave it to chance which of the two counts.
      if (!header.getValue().isTextual()
          || headers.put(header.getKey(), header.getValue().textValue()) != null) {
        throw unreadable();
      }
    }
    return Requests.headers(headers);
  }

  private static JsonNode read(String text) {
    if (text.length() > MAX_HEADERS) {
      throw unreadable();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  private static ErrorResponseException unreadable() {
    return new ErrorResponseException(
        OAuthErrorException.INVALID_REQUEST,
        HEADERS + " must be a JSON object of strings, each header once, of at most 64 KiB",
        Response.Status.BAD_REQUEST);
  }
}
