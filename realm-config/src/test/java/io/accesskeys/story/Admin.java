package io.accesskeys.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.KeycloakServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The administrator of the shared server, who has just signed in. */
final class Admin {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String token;

  private Admin(String token) {
    this.token = token;
  }

  static Admin signedIn() {
    String form =
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(KeycloakServer.ADMIN_USER, KeycloakServer.ADMIN_PASSWORD);
    HttpResponse<String> answer =
        send(
            at("/realms/master/protocol/openid-connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    return new Admin(read(answer.body()).path("access_token").asText());
  }

  /** What a bearer of this gets there. */
  static int status(String path, String bearer) {
    return send(at(path).header("Authorization", "Bearer " + bearer)).statusCode();
  }

  JsonNode get(String path) {
    return call("GET", path, "");
  }

  JsonNode post(String path, String json) {
    return call("POST", path, json);
  }

  void delete(String path) {
    call("DELETE", path, "");
  }

  private JsonNode call(String method, String path, String json) {
    HttpResponse<String> answer =
        send(
            at("/admin/realms" + path)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method(
                    method,
                    json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer.body());
    }
    return read(answer.body());
  }

  private static HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(KeycloakServer.shared().baseUri() + path));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("No answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
