package io.accesskeys.signin.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** What was handed to a person as a file, for browsers without JavaScript. */
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
   * @return empty if it is nothing that the person may have
   */
  static Optional<Response> of(RequiredActionContext context, String text) {
    Optional<OneTimeSecret> own = OneTimeSecret.sentBack(context, text);
    own.ifPresent(handed -> context.getAuthenticationSession().setAuthNote(GIVEN, handed.keyId()));
    return own.map(KeyFile::response);
  }

  private static Response response(OneTimeSecret handed) {
    return Response.ok(handed.variable() + "=" + handed.text() + "\n", MediaType.TEXT_PLAIN_TYPE)
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + handed.keyId() + ".env\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
