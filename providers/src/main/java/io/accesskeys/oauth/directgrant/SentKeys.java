package io.accesskeys.oauth.directgrant;

import io.accesskeys.http.Requests;
import io.accesskeys.key.KeyTexts;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;

/** The keys that a token request carries. */
final class SentKeys {

  private SentKeys() {}

  /**
   * Whether there is a key in another place than this field. The same key as a bearer is not
   * another one, and the client's own secret, which may be an access key too, is none of the
   * user's.
   */
  static boolean beside(
      String field, MultivaluedMap<String, String> form, KeycloakSession session, KeyTexts keys) {
    Set<String> expected = Set.of(field, OAuth2Constants.CLIENT_SECRET);
    return Stream.concat(
            form.entrySet().stream()
                .filter(entry -> !expected.contains(entry.getKey()))
                .flatMap(
                    entry -> Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())),
            Requests.bearer(session).filter(sent -> !sent.equals(form.getFirst(field))).stream())
        .anyMatch(keys::isMarked);
  }
}
