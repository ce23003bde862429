package io.accesskeys.restriction.ip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.util.List;

/**
 * {@code {"type":"ip","allow":["203.0.113.0/24"],"not":["203.0.113.7"]}}: literal addresses and
 * CIDR ranges (RFC 4632), IPv4 and IPv6.
 */
public final class IpRestrictionType implements RestrictionTypeFactory {

  static final String ID = "ip";

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow", "not");
    List<String> allow = members.texts("allow");
    List<String> not = members.texts("not");
    IpRanges ranges = IpRanges.of(allow, not, field);
    ObjectNode canonical = members.object();
    if (not.isEmpty()) {
      canonical.remove("not");
    }
    return new IpRestriction(canonical, allow, not, ranges);
  }
}
