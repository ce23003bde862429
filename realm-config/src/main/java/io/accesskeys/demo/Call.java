package io.accesskeys.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One HTTP request. The curl line that is printed and the request that is sent are both made from
 * it, so they cannot drift apart. URL and options may use shell variables.
 */
record Call(String method, String url, List<Option> options) {

  private static final int ONE_LINE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Call {
    options = List.copyOf(options);
  }

  static Call get(String url) {
    return new Call("GET", url, List.of());
  }

  static Call post(String url) {
    return new Call("POST", url, List.of());
  }

  static Call delete(String url) {
    return new Call("DELETE", url, List.of());
  }

  Call bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  Call header(String name, String value) {
    return with(new Option.Header(name, value));
  }

  Call basic(String user, String password) {
    return with(new Option.Basic(user, password));
  }

  Call field(String name, String value) {
    return with(new Option.Field(name, value));
  }

  Call json(String text) {
    return header("Content-Type", "application/json").with(new Option.Json(text));
  }

  Call withCookies() {
    return with(new Option.Cookies());
  }

  /** As one types it; long ones continue on further lines. */
  String toCurl() {
    String implied = body().isPresent() ? "POST" : "GET";
    String first = "curl -si " + (method.equals(implied) ? "" : "-X " + method + " ");
    List<String> words =
        Stream.concat(Stream.of(first + Quoting.word(url)), options.stream().map(Option::curl))
            .toList();
    String oneLine = String.join(" ", words);
    return oneLine.length() <= ONE_LINE ? oneLine : String.join(" \\\n  ", words);
  }

  /** Sends it and gives the answer, whatever it is. */
  Answer send(ShellState state) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(state.expand(url)))
            .timeout(PATIENCE)
            .method(
                method,
                body()
                    .map(body -> BodyPublishers.ofString(state.expand(body)))
                    .orElseGet(BodyPublishers::noBody));
    options.forEach(option -> option.apply(request, state));
    if (options.stream().anyMatch(Option.Field.class::isInstance)) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    Answer answer = exchange(request.build());
    if (options.contains(new Option.Cookies())) {
      state.keepCookies(answer.headers());
    }
    return answer;
  }

  private Call with(Option option) {
    return new Call(method, url, Stream.concat(options.stream(), Stream.of(option)).toList());
  }

  private Optional<String> body() {
    return options.stream().map(Option::body).anyMatch(Optional::isPresent)
        ? Optional.of(
            options.stream()
                .flatMap(option -> option.body().stream())
                .collect(Collectors.joining("&")))
        : Optional.empty();
  }

  private Answer exchange(HttpRequest request) {
    try {
      return Answer.of(CLIENT.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + method + " " + url, e);
    }
  }
}
