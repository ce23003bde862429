package io.accesskeys.bench.realm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What a server answered. */
public record Reply(HttpResponse<String> response) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The HTTP status. */
  public int status() {
    return response.statusCode();
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The body as text. */
  public String body() {
    return response.body();
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON, status " + status() + ": " + body(), e);
    }
  }

  /** A string member of the body; empty text if there is none. */
  public String text(String member) {
    return json().path(member).asText();
  }

  /** The same reply, if its status is this one. */
  public Reply expect(int status) {
    if (status() != status) {
      throw new AssertionError("Expected " + status + ", got " + status() + ": " + body());
    }
    return this;
  }

  @Override
  public String toString() {
    return status() + " " + response.headers().map() + " " + body();
  }
}
