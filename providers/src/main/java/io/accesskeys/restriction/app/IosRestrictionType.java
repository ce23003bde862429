package io.accesskeys.restriction.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code {"type":"ios","allow":["com.example.App"]}}: iOS apps by bundle id, as they tell in {@code
 * X-Ios-Bundle-Identifier}. A deterrent.
 */
public final class IosRestrictionType implements RestrictionTypeFactory {

  static final String ID = "ios";

  private static final Pattern BUNDLE_ID = Pattern.compile("[A-Za-z0-9.-]{1,155}");

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public boolean deterrent() {
    return true;
  }

  @Override
  public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow");
    List<String> allow = members.someTexts("allow");
    Map<String, String> bundles = new LinkedHashMap<>();
    for (int i = 0; i < allow.size(); i++) {
      if (!BUNDLE_ID.matcher(allow.get(i)).matches()) {
        throw new InvalidRestrictionException(
            members.path("allow", i), "must be a bundle id, such as com.example.App");
      }
      bundles.put(allow.get(i), allow.get(i));
    }
    return new AppRestriction(
        members.object(), facts -> facts.headers().only("X-Ios-Bundle-Identifier"), bundles);
  }
}
