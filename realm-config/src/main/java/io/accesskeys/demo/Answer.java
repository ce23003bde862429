package io.accesskeys.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;

/** What a server answered, and what the demo expects of it. */
record Answer(int status, HttpHeaders headers, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** JSON that came in some other way. */
  static Answer ofJson(String body) {
    return new Answer(200, HttpHeaders.of(Map.of(), (name, value) -> true), body);
  }

  boolean isJson() {
    return headers.firstValue("Content-Type").filter(type -> type.contains("json")).isPresent();
  }

  JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new DemoFailure("Expected JSON, got: " + this);
    }
  }

  /** What this place of its JSON body holds; empty text if there is none. */
  String at(String pointer) {
    return json().at(pointer).asText();
  }

  /** The same, if its status is this one. */
  Answer expectStatus(int expected) {
    if (status != expected) {
      throw new DemoFailure("Expected status " + expected + ", got " + this);
    }
    return this;
  }

  /** The same, if this place of its JSON body holds this value. */
  Answer expect(String pointer, String expected) {
    String actual = at(pointer);
    if (!actual.equals(expected)) {
      throw new DemoFailure(
          "Expected %s in %s, got \"%s\": %s".formatted(expected, pointer, actual, this));
    }
    return this;
  }

  /** The same, if it has this header with this text in it. */
  Answer expectHeader(String name, String expected) {
    if (headers.firstValue(name).filter(value -> value.contains(expected)).isEmpty()) {
      throw new DemoFailure("Expected %s in header %s of %s".formatted(expected, name, this));
    }
    return this;
  }

  /** Headers and body, as {@code curl -i} shows them. */
  String text() {
    return headers.map().entrySet().stream()
        .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
        .collect(Collectors.joining("\n", "", "\n\n" + body));
  }

  @Override
  public String toString() {
    return status + " " + headers.map() + " " + body;
  }
}
