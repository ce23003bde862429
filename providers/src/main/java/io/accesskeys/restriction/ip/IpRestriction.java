package io.accesskeys.restriction.ip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Summary;
import io.accesskeys.restriction.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The request must come from an allowed range and from none of the excepted ones. An unknown or
 * unreadable address is refused.
 *
 * @param json the canonical JSON form
 */
record IpRestriction(ObjectNode json, List<String> allow, List<String> not, IpRanges ranges)
    implements Restriction {

  @Override
  public String type() {
    return IpRestrictionType.ID;
  }

  @Override
  public JsonNode toJson() {
    return json.deepCopy();
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    Optional<String> address = facts.clientAddress();
    if (address.isPresent() && ranges.contains(address.get())) {
      return Verdict.ALLOWED;
    }
    return new Verdict.Denied(
        address.filter(IpRanges::isAddress).isPresent()
            ? "address_not_allowed"
            : "address_unknown");
  }

  /** Not if it is a way to write everything. */
  @Override
  public boolean limits() {
    return !ranges.isEverything();
  }

  @Override
  public boolean isWithin(Restriction other) {
    return other instanceof IpRestriction ip && ranges.isWithin(ip.ranges);
  }

  @Override
  public String summary() {
    String from = "from " + Summary.of(allow);
    return not.isEmpty() ? from : from + " but not " + Summary.of(not);
  }
}
