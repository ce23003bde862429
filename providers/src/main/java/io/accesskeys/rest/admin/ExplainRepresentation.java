package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.verification.Decision;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Authenticated;
import io.accesskeys.verification.Decision.BrokenRule;
import io.accesskeys.verification.Decision.Cause;
import io.accesskeys.verification.Decision.Objection;
import io.accesskeys.verification.Decision.Refused;
import java.util.List;

/**
 * What a decision would be.
 *
 * @param reason why not; the first that applies, in the order in which verification asks
 * @param rule the rule that the API client breaks, if that is why
 * @param restriction the type of the restriction that does not allow the request, if that is why
 * @param restrictionReason what it says
 * @param scopes the scopes the key would have then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainRepresentation(
    boolean allowed,
    String reason,
    String rule,
    String restriction,
    String restrictionReason,
    List<String> scopes) {

  static ExplainRepresentation of(Decision decision) {
    if (decision instanceof Accepted accepted) {
      return new ExplainRepresentation(
          true, null, null, null, null, accepted.scopes().stream().sorted().toList());
    }
    if (decision instanceof Authenticated) {
      return new ExplainRepresentation(true, null, null, null, null, List.of());
    }
    Refused refused = (Refused) decision;
    String reason = refused.reason().wireName();
    Cause cause = refused.cause().orElse(null);
    if (cause instanceof BrokenRule broken) {
      return new ExplainRepresentation(false, reason, broken.rule().sentence(), null, null, null);
    }
    return cause instanceof Objection objection
        ? new ExplainRepresentation(false, reason, null, objection.type(), objection.reason(), null)
        : new ExplainRepresentation(false, reason, null, null, null, null);
  }
}
