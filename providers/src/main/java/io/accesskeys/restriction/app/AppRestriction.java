package io.accesskeys.restriction.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Summary;
import io.accesskeys.restriction.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The request must come from an allowed app, as the app itself says.
 *
 * @param json the canonical JSON form
 * @param told what app a request says it comes from
 * @param allowed the allowed apps, with what people call them
 */
record AppRestriction(
    ObjectNode json, Function<RequestFacts, Optional<?>> told, Map<?, String> allowed)
    implements Restriction {

  @Override
  public String type() {
    return json.path("type").textValue();
  }

  @Override
  public JsonNode toJson() {
    return json.deepCopy();
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    Optional<?> app = told.apply(facts);
    if (app.isEmpty()) {
      return new Verdict.Denied("app_unknown");
    }
    return Verdict.allowedIf(allowed.containsKey(app.get()), "app_not_allowed");
  }

  @Override
  public String summary() {
    return "from the apps " + Summary.of(List.copyOf(allowed.values()));
  }

  @Override
  public boolean deterrent() {
    return true;
  }
}
