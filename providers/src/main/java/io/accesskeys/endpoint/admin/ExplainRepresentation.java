package io.accesskeys.endpoint.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.Decision;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import java.util.List;

/**
 * What a decision would be.
 *
 * @param reason why not; the first that applies, in the order in which verification asks
 * @param rule the rule that the API client breaks, if that is why
 * @param scopes the scopes the key would have then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainRepresentation(boolean allowed, String reason, String rule, List<String> scopes) {

  static ExplainRepresentation of(Decision decision) {
    if (decision instanceof Accepted accepted) {
      return new ExplainRepresentation(
          true, null, null, accepted.scopes().stream().sorted().toList());
    }
    Refused refused = (Refused) decision;
    return new ExplainRepresentation(
        false,
        refused.reason().wireName(),
        refused.rule().map(ApiClientRule::sentence).orElse(null),
        null);
  }
}
