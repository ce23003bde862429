package io.accesskeys.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.UntrustedJson;
import io.accesskeys.verification.Decision.Accepted;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Base64Url;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.JsonSerialization;

/**
 * The claims by which a JWT tells the key it was minted from.
 *
 * @param keyId the public id of the key
 * @param secretNumber the version of its secret, so that the JWT ends with that secret
 * @param authorizationDetails the RFC 9396 objects it carries; the key's own or less of them
 * @param caller the client that presented the key, if it had authenticated itself: who shows the
 *     JWT later is another question
 */
public record MintedClaims(
    String keyId, int secretNumber, List<JsonNode> authorizationDetails, Optional<String> caller) {

  /** The claim of RFC 9396 section 9.1. */
  public static final String AUTHORIZATION_DETAILS = "authorization_details";

  /** What whoever sends such a token to an endpoint of Keycloak's own is told. */
  public static final String NOT_ACCEPTED_HERE =
      "Tokens minted from access keys are not accepted here";

  private static final ObjectMapper JSON = UntrustedJson.builder().build();

  private static final String KEY_ID = "access_key_id";
  private static final String QUOTED_KEY_ID = '"' + KEY_ID + '"';
  private static final String KEY_KIND = "access_key_kind";
  private static final String SECRET_NUMBER = "access_key_version";
  private static final String CALLER = "access_key_caller";

  /** Marks a token as minted from this key, with these of its details, for this client. */
  public static void put(
      AccessToken token, Accepted accepted, List<JsonNode> details, Optional<String> caller) {
    token.getOtherClaims().put(KEY_ID, accepted.key().id());
    token.getOtherClaims().put(KEY_KIND, accepted.key().kind().wireName());
    token.getOtherClaims().put(SECRET_NUMBER, accepted.secret().number());
    caller.ifPresent(clientId -> token.getOtherClaims().put(CALLER, clientId));
    token.setAuthorizationDetails(null);
    if (!details.isEmpty()) {
      token.getOtherClaims().put(AUTHORIZATION_DETAILS, details);
    }
  }

  /** Whether a token was minted from a key, or says so. */
  public static boolean in(JsonWebToken token) {
    return token.getOtherClaims().containsKey(KEY_ID);
  }

  /**
   * Whether a text is a JWS in compact form (RFC 7515 section 7.1) whose content says that it was
   * minted from a key. The signature is not looked at, and no more is parsed than needed.
   */
  public static boolean inCompact(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return false;
    }
    try {
      byte[] content = Base64Url.decode(text.substring(first + 1, second));
      return new String(content, UTF_8).contains(QUOTED_KEY_ID) && saysSo(content);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A value may have the same letters. What cannot be read is no token that anybody takes. */
  private static boolean saysSo(byte[] content) {
    try {
      return JSON.readTree(content).has(KEY_ID);
    } catch (IOException e) {
      return false;
    }
  }

  /** The claims of a token; empty if it was not minted from a key. */
  public static Optional<MintedClaims> of(AccessToken token) {
    if (!in(token)) {
      return Optional.empty();
    }
    Object number = token.getOtherClaims().get(SECRET_NUMBER);
    return Optional.of(
        new MintedClaims(
            String.valueOf(token.getOtherClaims().get(KEY_ID)),
            number instanceof Number known ? known.intValue() : 0,
            details(token),
            Optional.ofNullable(token.getOtherClaims().get(CALLER)).map(String::valueOf)));
  }

  /** Keycloak has a property for them in access tokens, which loses nothing. */
  private static List<JsonNode> details(AccessToken token) {
    return Stream.ofNullable(token.getAuthorizationDetails())
        .flatMap(List::stream)
        .<JsonNode>map(JsonSerialization.mapper::valueToTree)
        .toList();
  }
}
