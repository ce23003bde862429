package io.accesskeys.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;

/** Of some type, and allows everything. */
record SampleRestriction(String type) implements Restriction {

  @Override
  public JsonNode toJson() {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    return Verdict.ALLOWED;
  }

  @Override
  public String summary() {
    return type;
  }
}
