package io.accesskeys.endpoint;

import io.accesskeys.verification.Decision.Accepted;
import java.util.Optional;
import org.keycloak.representations.JsonWebToken;

/**
 * The claims by which a JWT tells the key it was minted from.
 *
 * @param keyId the public id of the key
 * @param secretNumber the version of its secret, so that the JWT ends with that secret
 * @param caller the client that presented the key, if it had authenticated itself: who shows the
 *     JWT later is another question
 */
public record MintedClaims(String keyId, int secretNumber, Optional<String> caller) {

  /** The claim of RFC 9396 section 9.1. */
  public static final String AUTHORIZATION_DETAILS = "authorization_details";

  private static final String KEY_ID = "access_key_id";
  private static final String KEY_KIND = "access_key_kind";
  private static final String SECRET_NUMBER = "access_key_version";
  private static final String CALLER = "access_key_caller";

  /** Marks a token as minted from this key, for this client. */
  public static void put(JsonWebToken token, Accepted accepted, Optional<String> caller) {
    token.getOtherClaims().put(KEY_ID, accepted.key().id());
    token.getOtherClaims().put(KEY_KIND, accepted.key().kind().wireName());
    token.getOtherClaims().put(SECRET_NUMBER, accepted.secret().number());
    caller.ifPresent(clientId -> token.getOtherClaims().put(CALLER, clientId));
    if (!accepted.key().grant().authorizationDetails().isEmpty()) {
      token
          .getOtherClaims()
          .put(AUTHORIZATION_DETAILS, accepted.key().grant().authorizationDetails());
    }
  }

  /** Whether a token was minted from a key, or says so. */
  public static boolean in(JsonWebToken token) {
    return token.getOtherClaims().containsKey(KEY_ID);
  }

  /** The claims of a token; empty if it was not minted from a key. */
  public static Optional<MintedClaims> of(JsonWebToken token) {
    if (!in(token)) {
      return Optional.empty();
    }
    Object number = token.getOtherClaims().get(SECRET_NUMBER);
    return Optional.of(
        new MintedClaims(
            String.valueOf(token.getOtherClaims().get(KEY_ID)),
            number instanceof Number known ? known.intValue() : 0,
            Optional.ofNullable(token.getOtherClaims().get(CALLER)).map(String::valueOf)));
  }
}
