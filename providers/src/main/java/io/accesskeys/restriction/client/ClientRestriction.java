package io.accesskeys.restriction.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Summary;
import io.accesskeys.restriction.Verdict;
import java.util.List;
import java.util.Set;

/**
 * The key must be presented by a client that has authenticated itself and is allowed.
 *
 * @param json the canonical JSON form
 * @param shown the allowed clients in the order they were sent
 */
record ClientRestriction(ObjectNode json, List<String> shown, Set<String> allow)
    implements Restriction {

  @Override
  public String type() {
    return ClientRestrictionType.ID;
  }

  @Override
  public JsonNode toJson() {
    return json.deepCopy();
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    return facts.caller().isEmpty()
        ? new Verdict.Denied("caller_unknown")
        : Verdict.allowedIf(allow.contains(facts.caller().get()), "caller_not_allowed");
  }

  @Override
  public String summary() {
    return "by the applications " + Summary.of(shown);
  }
}
