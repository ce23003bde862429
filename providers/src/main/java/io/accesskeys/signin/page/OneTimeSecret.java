package io.accesskeys.signin.page;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.store.KeyStore;
import io.accesskeys.token.MintedClaims;
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

  private static Optional<AccessKey> own(RequiredActionContext context, String keyId) {
    return context
        .getSession()
        .getProvider(KeyStore.class)
        .find(context.getRealm(), keyId)
        .filter(key -> key.ownerId().equals(context.getUser().getId()));
  }

  @Override
  public String toString() {
    return "Handed[" + variable + " of " + keyId + "]";
  }
}
