package io.accesskeys.endpoint.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.endpoint.Requests;
import io.accesskeys.restriction.RequestHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.OAuthErrorException;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * The headers of the request with the key, as the caller of introspection tells them: {@code
 * client_headers={"Referer":"https://app.example.com/"}}.
 */
final class ClientHeaders {

  private static final String PARAMETER = "client_headers";

  private ClientHeaders() {}

  /**
   * Reads them off a form.
   *
   * @throws ErrorResponseException 400 if they are no JSON object of strings
   */
  static RequestHeaders in(MultivaluedMap<String, String> form) {
    if (!form.containsKey(PARAMETER)) {
      return RequestHeaders.NONE;
    }
    JsonNode object = read(form.getFirst(PARAMETER));
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
        PARAMETER + " must be a JSON object of strings",
        Response.Status.BAD_REQUEST);
  }
}
