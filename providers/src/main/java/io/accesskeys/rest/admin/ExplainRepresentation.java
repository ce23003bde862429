package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.verification.Decision;
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
 * @param wouldRefuse restrictions that only report and would refuse the request if they were
 *     enforced; absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainRepresentation(
    boolean allowed,
    String reason,
    String rule,
    String restriction,
    String restrictionReason,
    List<String> scopes,
    List<Objecting> wouldRefuse) {

  /** A restriction that only reports, and what it says. */
  record Objecting(String restriction, String restrictionReason) {}

  static ExplainRepresentation of(Decision decision) {
    return decision.fold(
        accepted -> allowed(accepted.scopes().stream().sorted().toList(), accepted.reported()),
        authenticated -> allowed(List.of(), authenticated.reported()),
        ExplainRepresentation::of);
  }

  private static ExplainRepresentation allowed(List<String> scopes, List<Objection> reported) {
    List<Objecting> wouldRefuse =
        reported.stream().map(one -> new Objecting(one.type(), one.reason())).toList();
    return new ExplainRepresentation(
        true, null, null, null, null, scopes, wouldRefuse.isEmpty() ? null : wouldRefuse);
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
                            false, reason, broken.rule().sentence(), null, null, null, null),
                    objection ->
                        new ExplainRepresentation(
                            false, reason, null, objection.type(), objection.reason(), null, null)))
        .orElseGet(() -> new ExplainRepresentation(false, reason, null, null, null, null, null));
  }
}
