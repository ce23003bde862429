package io.accesskeys.restriction.referrer;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {"type":"referrer","allow":["https://*.example.com/*"]}}: websites, as {@link
 * ReferrerPattern} has it. A deterrent: browsers write these headers honestly, and nobody else has
 * to.
 */
public final class ReferrerRestrictionType implements RestrictionTypeFactory {

  static final String ID = "referrer";

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
    List<ReferrerPattern> patterns = new ArrayList<>(allow.size());
    for (int i = 0; i < allow.size(); i++) {
      String entry = members.path("allow", i);
      patterns.add(
          ReferrerPattern.parse(allow.get(i))
              .orElseThrow(
                  () ->
                      new InvalidRestrictionException(
                          entry, "is not a website, such as https://*.example.com/*")));
    }
    return new ReferrerRestriction(members.object(), allow, patterns);
  }
}
