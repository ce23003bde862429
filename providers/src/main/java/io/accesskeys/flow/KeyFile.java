package io.accesskeys.flow;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/**
 * A new key as a file, for browsers without JavaScript: the page sends back what it shows, since
 * nobody else still has it.
 */
final class KeyFile {

  private static final String GIVEN = "access-keys.file-given";

  private KeyFile() {}

  /** Whether this sign-in has given one. */
  static boolean given(RequiredActionContext context) {
    return context.getAuthenticationSession().getAuthNote(GIVEN) != null;
  }

  /**
   * The file with this text.
   *
   * @param text what was sent back; may be anything
   * @return empty if it is no key of the person who is signed in, so that the page cannot be made
   *     to answer with a file of somebody else's words
   */
  static Optional<Response> of(RequiredActionContext context, String text) {
    Optional<KeyText> own =
        Optional.ofNullable(text).flatMap(KeyText::parse).filter(key -> isOwn(context, key));
    own.ifPresent(key -> context.getAuthenticationSession().setAuthNote(GIVEN, key.id()));
    return own.map(KeyFile::response);
  }

  private static boolean isOwn(RequiredActionContext context, KeyText text) {
    return context
        .getSession()
        .getProvider(KeyStore.class)
        .find(context.getRealm(), text.id())
        .filter(key -> key.ownerId().equals(context.getUser().getId()))
        .flatMap((AccessKey key) -> key.secretOf(text))
        .isPresent();
  }

  private static Response response(KeyText key) {
    return Response.ok("ACCESS_KEY=" + key.reveal() + "\n", MediaType.TEXT_PLAIN_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + key.id() + ".env\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
