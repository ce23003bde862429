package io.accesskeys.bench.realm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests as a client sends them: nothing is followed, nothing is remembered. Every answer is held
 * to the OpenAPI document.
 */
public final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private Http() {}

  /** GET with these headers. */
  public static Reply get(URI uri, Map<String, String> headers) {
    return send("GET", uri, headers, null, "");
  }

  /** POST of a form. */
  public static Reply form(URI uri, Map<String, String> headers, Map<String, String> fields) {
    return send("POST", uri, headers, "application/x-www-form-urlencoded", encode(fields));
  }

  /** A request with a JSON body. */
  public static Reply json(String method, URI uri, Map<String, String> headers, String body) {
    return send(method, uri, headers, "application/json", body);
  }

  /** Fields as in a form body or a query. */
  public static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** One word of a form or a query. */
  public static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static Reply send(
      String method, URI uri, Map<String, String> headers, String type, String body) {
    Reply reply = anything(method, uri, headers, type, body);
    OpenApiContract.shipped().hold(reply);
    return reply;
  }

  /** A request to whatever server, the answer not held to anything; without a type, no body. */
  public static Reply anything(
      String method, URI uri, Map<String, String> headers, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, type == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    headers.forEach(request::header);
    try {
      return new Reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + uri.getPath() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
