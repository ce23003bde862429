package io.accesskeys.rest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.key.KeyText;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Reason;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The credential of a request. */
sealed interface Presented {

  /** What each case gives. */
  <T> T fold(
      Function<Key, T> key,
      Function<Password, T> password,
      Supplier<T> nothing,
      Function<Unusable, T> unusable);

  /** There is none. */
  record Nothing() implements Presented {
    @Override
    public <T> T fold(
        Function<Key, T> key,
        Function<Password, T> password,
        Supplier<T> nothing,
        Function<Unusable, T> unusable) {
      return nothing.get();
    }
  }

  /**
   * Nobody can say what it is.
   *
   * @param reason why not
   */
  record Unusable(Reason reason) implements Presented {

    /** There are two or more, and nobody can say which one counts. */
    static final Unusable SEVERAL = new Unusable(Reason.SEVERAL_CREDENTIALS);

    /** Basic credentials that cannot be read, or with a key in the wrong place. */
    static final Unusable UNREADABLE = new Unusable(Reason.MALFORMED);

    @Override
    public <T> T fold(
        Function<Key, T> key,
        Function<Password, T> password,
        Supplier<T> nothing,
        Function<Unusable, T> unusable) {
      return unusable.apply(this);
    }
  }

  /**
   * What was presented as a key; it may be anything.
   *
   * @param user the user name beside it, if there was one
   */
  record Key(String text, Optional<String> user) implements Presented {

    @Override
    public <T> T fold(
        Function<Key, T> key,
        Function<Password, T> password,
        Supplier<T> nothing,
        Function<Unusable, T> unusable) {
      return key.apply(this);
    }

    static Key alone(String text) {
      return new Key(text, Optional.empty());
    }

    /** Whether this is the same key, {@code secret-token:} in front or not. */
    boolean isSame(String other) {
      return text.equals(other)
          || KeyText.parse(text)
              .filter(key -> KeyText.parse(other).filter(key::equals).isPresent())
              .isPresent();
    }

    @Override
    public String toString() {
      return "Key[masked]";
    }
  }

  /** A user name and a password that is no key. */
  record Password(String user, String password) implements Presented {

    @Override
    public <T> T fold(
        Function<Key, T> key,
        Function<Password, T> password,
        Supplier<T> nothing,
        Function<Unusable, T> unusable) {
      return password.apply(this);
    }

    @Override
    public String toString() {
      return "Password[masked]";
    }
  }

  /** How a key is sent that is no bearer token. */
  String API_KEY_HEADER = "X-API-Key";

  /** A header with nothing behind its scheme is as empty as one without a scheme. */
  List<String> SCHEMES = List.of("Bearer", "Basic");

  /**
   * The credential in these headers. Headers that are sent empty are as good as not sent, and the
   * same key in several places is one.
   *
   * @param keys what makes a text a key and no password, damaged or not
   */
  static Presented in(RequestHeaders headers, KeyTexts keys) {
    List<Presented> found =
        Stream.concat(
                sent(headers, HttpHeaders.AUTHORIZATION).stream()
                    .map(text -> authorization(text, keys)),
                sent(headers, API_KEY_HEADER).stream().map(Key::alone))
            .toList();
    return found.stream().reduce(Presented::and).orElse(new Nothing());
  }

  /** Both as one, if they are the same key and do not name two owners. */
  private static Presented and(Presented one, Presented other) {
    if (!(one instanceof Key key && other instanceof Key same && key.isSame(same.text()))) {
      return Unusable.SEVERAL;
    }
    boolean differ = key.user().isPresent() && same.user().isPresent();
    return differ && !key.user().equals(same.user())
        ? Unusable.SEVERAL
        : new Key(key.text(), key.user().or(same::user));
  }

  /** Whether the sender of these headers knows how to send Basic credentials. */
  static boolean basicIn(RequestHeaders headers) {
    return sent(headers, HttpHeaders.AUTHORIZATION).stream()
        .anyMatch(text -> credentials("Basic", text).isPresent());
  }

  private static List<String> sent(RequestHeaders headers, String name) {
    return headers.all(name).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty() && SCHEMES.stream().noneMatch(text::equalsIgnoreCase))
        .toList();
  }

  private static Presented authorization(String header, KeyTexts keys) {
    Optional<String> bearer = credentials("Bearer", header);
    if (bearer.isPresent()) {
      return Key.alone(bearer.get());
    }
    return credentials("Basic", header).map(encoded -> basic(encoded, keys)).orElse(new Nothing());
  }

  private static Optional<String> credentials(String scheme, String header) {
    String start = scheme + ' ';
    return Optional.of(header)
        .filter(text -> text.regionMatches(true, 0, start, 0, start.length()))
        .map(text -> text.substring(start.length()).strip());
  }

  private static Presented basic(String encoded, KeyTexts keys) {
    try {
      String pair = UTF_8.newDecoder().decode(ByteBuffer.wrap(decode(encoded))).toString();
      return pair.chars().anyMatch(Character::isISOControl)
          ? Unusable.UNREADABLE
          : pair(pair, keys);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return Unusable.UNREADABLE;
    }
  }

  private static byte[] decode(String encoded) {
    return Base64.getDecoder().decode(encoded);
  }

  /**
   * {@code key:} as Stripe has it, {@code user:key} as GitHub has it, {@code :key} as Azure DevOps
   * has it. The scheme {@code secret-token:} in front of a key has a colon of its own; a key of
   * another system that has one must stand behind a user name.
   */
  private static Presented pair(String pair, KeyTexts keys) {
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return Unusable.UNREADABLE;
    }
    String alone = pair.endsWith(":") ? pair.substring(0, pair.length() - 1) : pair;
    if (isKey(alone)) {
      return Key.alone(alone);
    }
    int next = pair.indexOf(':', colon + 1);
    if (next > 0 && isKey(pair.substring(0, next))) {
      colon = next;
    }
    return pair(pair.substring(0, colon), pair.substring(colon + 1), keys);
  }

  private static Presented pair(String user, String password, KeyTexts keys) {
    if (isKey(user)) {
      if (!isKey(password)) {
        return Unusable.UNREADABLE;
      }
      return Key.alone(user).isSame(password) ? Key.alone(user) : Unusable.SEVERAL;
    }
    if (password.isEmpty() && keys.isLegacy(user)) {
      return Key.alone(user);
    }
    if (keys.mayBeKey(password)) {
      return new Key(password, Optional.of(user).filter(name -> !name.isEmpty()));
    }
    // What is beside a damaged key is no password either.
    return user.isEmpty() || password.isEmpty() || keys.begin(user)
        ? Unusable.UNREADABLE
        : new Password(user, password);
  }

  private static boolean isKey(String text) {
    return KeyText.parse(text).isPresent();
  }
}
