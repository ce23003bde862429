package io.accesskeys.http;

import io.accesskeys.management.InvalidRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * The header {@code If-Match} (RFC 9110, section 13.1.1): the version of the key that the sender
 * has seen. Whoever sends it means to be refused if it does not hold, so one that says nothing is
 * an error.
 */
public final class IfMatch {

  private static final String ANY = "*";
  private static final Pattern VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,8})\"");

  private IfMatch() {}

  /**
   * The version in the header.
   *
   * @return empty if there is no header, or it is {@code *} and so any version will do
   * @throws InvalidRequestException if it is anything else: empty, there twice, a list, a weak
   *     entity tag (which never matches here), or none of our versions
   */
  public static Optional<Integer> version(KeycloakSession session) {
    return version(
        session
            .getContext()
            .getHttpRequest()
            .getHttpHeaders()
            .getRequestHeaders()
            .getOrDefault(HttpHeaders.IF_MATCH, List.of()));
  }

  /**
   * The same.
   *
   * @param sent the headers of this name
   */
  public static Optional<Integer> version(List<String> sent) {
    if (sent.isEmpty() || (sent.size() == 1 && ANY.equals(sent.get(0).strip()))) {
      return Optional.empty();
    }
    String tag = sent.size() == 1 && sent.get(0) != null ? sent.get(0).strip() : "";
    if (!VERSION.matcher(tag).matches()) {
      throw new InvalidRequestException(
          HttpHeaders.IF_MATCH, "must be the key's version in quotes, such as \"3\", or *");
    }
    return Optional.of(Integer.valueOf(tag.substring(1, tag.length() - 1)));
  }
}
