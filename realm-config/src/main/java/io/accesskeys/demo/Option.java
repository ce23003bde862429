package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A part of a {@link Call}: how curl is told, and what it does to the request that is sent. */
sealed interface Option {

  /** The option as curl takes it. */
  String curl();

  /** Adds its headers. */
  default void apply(HttpRequest.Builder request, ShellState state) {}

  /** Its part of the body; parts are joined by {@code &}, as curl does. */
  default Optional<String> body() {
    return Optional.empty();
  }

  /** A request header. */
  record Header(String name, String value) implements Option {
    @Override
    public String curl() {
      return "-H " + Quoting.word(name + ": " + value);
    }

    @Override
    public void apply(HttpRequest.Builder request, ShellState state) {
      request.header(name, state.expand(value));
    }
  }

  /** Basic authentication. */
  record Basic(String user, String password) implements Option {
    @Override
    public String curl() {
      return "-u " + Quoting.word(user + ":" + password);
    }

    @Override
    public void apply(HttpRequest.Builder request, ShellState state) {
      byte[] pair = state.expand(user + ":" + password).getBytes(UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /** A field of a form. Its value is sent as it is, so it must need no encoding. */
  record Field(String name, String value) implements Option {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.~$:/-]*");

    /** Looks at its value. */
    public Field {
      if (!SAFE.matcher(value).matches()) {
        throw new IllegalArgumentException("Would need encoding: " + name + "=" + value);
      }
    }

    @Override
    public String curl() {
      return "-d " + Quoting.word(name + "=" + value);
    }

    @Override
    public Optional<String> body() {
      return Optional.of(name + "=" + value);
    }
  }

  /** A JSON body. */
  record Json(String text) implements Option {
    @Override
    public String curl() {
      return "-d " + Quoting.word(text);
    }

    @Override
    public Optional<String> body() {
      return Optional.of(text);
    }
  }

  /** Sends the cookies of the jar and keeps those of the answer. */
  record Cookies() implements Option {
    @Override
    public String curl() {
      return "-b \"$JAR\" -c \"$JAR\"";
    }

    @Override
    public void apply(HttpRequest.Builder request, ShellState state) {
      if (!state.cookieHeader().isEmpty()) {
        request.header("Cookie", state.cookieHeader());
      }
    }
  }
}
