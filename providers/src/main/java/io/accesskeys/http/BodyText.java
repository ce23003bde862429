package io.accesskeys.http;

import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * Bodies as text. JAX-RS would decode them by whatever {@code Content-Type} says, and put U+FFFD in
 * place of what it cannot read: another name than the one that was sent.
 */
public final class BodyText {

  private static final Set<String> UTF_8_AND_PARTS = Set.of("utf-8", "utf8", "us-ascii");

  private BodyText() {}

  /**
   * The JSON in a body. It is in UTF-8 (RFC 8259, section 8.1), whatever a {@code charset} says:
   * the media type has no such parameter.
   *
   * @param body as it was sent; null for none
   * @return the text; empty for no body
   * @throws InvalidRequestException if it is not UTF-8, or said to be something else
   */
  public static String json(KeycloakSession session, byte[] body) {
    if (body == null || body.length == 0) {
      return "";
    }
    MediaType type = session.getContext().getHttpRequest().getHttpHeaders().getMediaType();
    String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    return json(charset, body);
  }

  /**
   * The same.
   *
   * @param charset what the media type says; null for nothing
   */
  static String json(String charset, byte[] body) {
    if (charset != null
        && UTF_8_AND_PARTS.stream().noneMatch(known -> known.equalsIgnoreCase(charset))) {
      throw new InvalidRequestException(
          "", "The body must be JSON in UTF-8: send Content-Type: application/json, no charset");
    }
    return StorableText.inUtf8(body)
        .orElseThrow(
            () -> new InvalidRequestException("", "The body is not UTF-8: send JSON in UTF-8"));
  }
}
