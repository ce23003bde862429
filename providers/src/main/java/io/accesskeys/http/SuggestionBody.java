package io.accesskeys.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.suggestion.Suggestions.Chosen;
import io.accesskeys.restriction.Restrictions;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The body of a request that applies a suggestion: its members as they were given. */
public final class SuggestionBody {

  private SuggestionBody() {}

  private record Sent(Optional<Texts> scopes, Optional<JsonNode> restrictions) {}

  /**
   * Reads what the running request has chosen of a suggestion.
   *
   * @param body as it was sent
   * @throws InvalidRequestException naming the member or the header that is wrong
   */
  public static Chosen read(KeycloakSession session, byte[] body) {
    Sent sent = JsonBody.read(session, body, Sent.class);
    Restrictions known = Restrictions.of(session);
    return new Chosen(
        sent.scopes().map(Texts::values),
        sent.restrictions().map(array -> KeyBody.restrictions(array, known)),
        IfMatch.version(session));
  }
}
