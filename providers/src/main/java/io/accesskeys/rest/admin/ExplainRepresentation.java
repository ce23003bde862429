package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.verification.Decision;
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
    return decision.fold(
        accepted -> allowed(accepted.scopes().stream().sorted().toList()),
        authenticated -> allowed(List.of()),
        ExplainRepresentation::of);
  }

  private static ExplainRepresentation allowed(List<String> scopes) {
    return new ExplainRepresentation(true, null, null, null, null, scopes);
  }

  private static ExplainRepresentation of(Refused refused) {
    String reason = refused.reason().wireName();
    return refused
        .cause()
        .map(
            cause ->
                cause.fold(
                    broken ->
                        new ExplainRepresentation(
                            false, reason, broken.rule().sentence(), null, null, null),
                    objection ->
                        new ExplainRepresentation(
                            false, reason, null, objection.type(), objection.reason(), null)))
        .orElseGet(() -> new ExplainRepresentation(false, reason, null, null, null, null));
  }
}
