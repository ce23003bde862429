package io.accesskeys.endpoint.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.key.KeyText;
import io.accesskeys.restriction.RequestHeaders;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The credential of a request. */
sealed interface Presented {

  /** There is none. */
  record Nothing() implements Presented {}

  /** There are two or more, and nobody can say which one counts. */
  record Several() implements Presented {}

  /**
   * What was presented as a key; it may be anything.
   *
   * @param user the user name beside it, if there was one
   */
  record Key(String text, Optional<String> user) implements Presented {
    @Override
    public String toString() {
      return "Key[masked]";
    }
  }

  /** A user name and a password that is no key. */
  record Password(String user, String password) implements Presented {
    @Override
    public String toString() {
      return "Password[masked]";
    }
  }

  /** Basic credentials that cannot be read, or with a key in the wrong place. */
  record Unreadable() implements Presented {}

  /** How a key is sent that is no bearer token. */
  String API_KEY_HEADER = "X-API-Key";

  /** The credential in these headers. Headers that are sent empty are as good as not sent. */
  static Presented in(RequestHeaders headers) {
    List<String> authorizations = sent(headers, HttpHeaders.AUTHORIZATION);
    List<String> apiKeys = sent(headers, API_KEY_HEADER);
    if (authorizations.size() + apiKeys.size() > 1) {
      return new Several();
    }
    return Stream.concat(
            authorizations.stream().map(Presented::authorization),
            apiKeys.stream().map(text -> new Key(text, Optional.empty())))
        .findFirst()
        .orElse(new Nothing());
  }

  /** Whether the sender of these headers knows how to send Basic credentials. */
  static boolean basicIn(RequestHeaders headers) {
    return sent(headers, HttpHeaders.AUTHORIZATION).stream()
        .anyMatch(text -> credentials("Basic", text).isPresent());
  }

  private static List<String> sent(RequestHeaders headers, String name) {
    return headers.all(name).stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
  }

  private static Presented authorization(String header) {
    Optional<String> bearer = credentials("Bearer", header);
    if (bearer.isPresent()) {
      return new Key(bearer.get(), Optional.empty());
    }
    return credentials("Basic", header).map(Presented::basic).orElse(new Nothing());
  }

  private static Optional<String> credentials(String scheme, String header) {
    String start = scheme + ' ';
    return Optional.of(header)
        .filter(text -> text.regionMatches(true, 0, start, 0, start.length()))
        .map(text -> text.substring(start.length()).strip());
  }

  private static Presented basic(String encoded) {
    try {
      String pair = UTF_8.newDecoder().decode(ByteBuffer.wrap(decode(encoded))).toString();
      return pair.chars().anyMatch(Character::isISOControl) ? new Unreadable() : pair(pair);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return new Unreadable();
    }
  }

  private static byte[] decode(String encoded) {
    return Base64.getDecoder().decode(encoded);
  }

  /**
   * {@code key:} as Stripe has it, {@code user:key} as GitHub has it. The scheme {@code
   * secret-token:} in front of a key has a colon of its own.
   */
  private static Presented pair(String pair) {
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return new Unreadable();
    }
    String alone = pair.endsWith(":") ? pair.substring(0, pair.length() - 1) : pair;
    if (isKey(alone)) {
      return new Key(alone, Optional.empty());
    }
    int next = pair.indexOf(':', colon + 1);
    if (next > 0 && isKey(pair.substring(0, next))) {
      colon = next;
    }
    if (colon == 0) {
      return new Unreadable();
    }
    String user = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    if (isKey(user)) {
      return isKey(password) ? new Several() : new Unreadable();
    }
    if (isKey(password)) {
      return new Key(password, Optional.of(user));
    }
    return password.isEmpty() ? new Unreadable() : new Password(user, password);
  }

  private static boolean isKey(String text) {
    return KeyText.parse(text).isPresent();
  }
}
