package io.accesskeys.signin.page;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.store.KeyStore;
import io.accesskeys.token.MintedClaims;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.representations.AccessToken;

/**
 * What the page at sign-in hands to a person, once.
 *
 * @param variable the name under which programs look for it in their environment
 * @param keyId the public id of the key that it is, or was minted from
 * @param text the secret itself
 */
record OneTimeSecret(String variable, String keyId, String text) {

  private static final String FILE_GIVEN = "access-keys.file-given";

  static OneTimeSecret key(KeyText key) {
    return new OneTimeSecret("ACCESS_KEY", key.id(), key.reveal());
  }

  static OneTimeSecret token(AccessKey key, String jwt) {
    return new OneTimeSecret("ACCESS_TOKEN", key.id(), jwt);
  }

  /**
   * What a page has sent back, since nobody else still has it.
   *
   * @param text may be anything
   * @return empty if it is neither a key of the person who is signed in nor minted from one, so
   *     that the page cannot be made to answer with somebody else's words
   */
  static Optional<OneTimeSecret> sentBack(RequiredActionContext context, String text) {
    Optional<KeyText> key = Optional.ofNullable(text).flatMap(KeyText::parse);
    if (key.isPresent()) {
      return own(context, key.get().id())
          .flatMap(own -> own.secretOf(key.get()))
          .map(secret -> key(key.get()));
    }
    return Optional.ofNullable(text)
        .map(jwt -> context.getSession().tokens().decode(jwt, AccessToken.class))
        .flatMap(MintedClaims::of)
        .flatMap(claims -> own(context, claims.keyId()))
        .map(own -> token(own, text));
  }

  /** Whether this sign-in has handed one out as a file. */
  static boolean fileGiven(RequiredActionContext context) {
    return context.getAuthenticationSession().getAuthNote(FILE_GIVEN) != null;
  }

  /**
   * The file with this text, for browsers without JavaScript.
   *
   * @param text what was sent back; may be anything
   * @return empty if it is nothing that the person may have
   */
  static Optional<Response> file(RequiredActionContext context, String text) {
    Optional<OneTimeSecret> own = sentBack(context, text);
    own.ifPresent(
        handed -> context.getAuthenticationSession().setAuthNote(FILE_GIVEN, handed.keyId()));
    return own.map(OneTimeSecret::file);
  }

  private Response file() {
    return Response.ok(variable + "=" + text + "\n", MediaType.TEXT_PLAIN_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + keyId + ".env\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Optional<AccessKey> own(RequiredActionContext context, String keyId) {
    return context
        .getSession()
        .getProvider(KeyStore.class)
        .find(context.getRealm(), keyId)
        .filter(key -> key.ownerId().equals(context.getUser().getId()));
  }

  @Override
  public String toString() {
    return "OneTimeSecret[" + variable + " of " + keyId + "]";
  }
}
