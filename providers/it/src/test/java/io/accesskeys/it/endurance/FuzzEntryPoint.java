package io.accesskeys.it.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.it.abuse.RawRequest;
import io.accesskeys.it.abuse.RawRequest.RawReply;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.keycloak.utils.StringUtil;

/**
 * An entry point, and how to tell whether it let somebody in.
 *
 * @param good the one text that it accepts
 * @param carrier the request that presents a text
 * @param seen what of a text that was put there arrives
 * @param accepts whether an answer says yes
 * @param ends the key that a good text would end, so that it is never sent; empty if it ends none
 */
record FuzzEntryPoint(
    String name,
    String good,
    Function<String, RawRequest> carrier,
    UnaryOperator<String> seen,
    Predicate<RawReply> accepts,
    List<TestKey> ends) {

  private static final String SCHEME = "secret-token:";

  FuzzEntryPoint(
      String name,
      String good,
      Function<String, RawRequest> carrier,
      UnaryOperator<String> seen,
      Predicate<RawReply> accepts) {
    this(name, good, carrier, seen, accepts, List.of());
  }

  /** Whether this text in an undamaged request is the good one. */
  boolean isGood(String text) {
    String arrived = seen.apply(text);
    return arrived.equals(good) || arrived.equals(SCHEME + good);
  }

  static String asItIs(String text) {
    return text;
  }

  /**
   * Keycloak's token endpoint takes control characters, as they are or percent-encoded, out of all
   * fields before it asks anybody.
   */
  static String withoutControls(String text) {
    return StringUtil.removeControlCharacters(text);
  }

  /**
   * To Keycloak a JWT is the same with dots behind it, with the padding of base64, which RFC 7515
   * leaves out, and with other bits in the last character than the signature has.
   */
  static String unpadded(String text) {
    String bare = text.replaceFirst("[=.]+$", "");
    int signature = bare.lastIndexOf('.') + 1;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(bare.substring(signature));
      return bare.substring(0, signature)
          + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } catch (IllegalArgumentException e) {
      return bare;
    }
  }

  /**
   * A line of a header ends where the text says so. Spaces around a value are none of it, nor are,
   * in a folded line, the control characters that Netty trims there.
   */
  static String line(String text) {
    return text.split("[\r\n]", 2)[0].trim();
  }

  /** RFC 6749 section 2.3.1: both halves of the pair are encoded as in a form. */
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
