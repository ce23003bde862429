package io.accesskeys.restriction.ip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * {@code {"type":"ip","allow":["203.0.113.0/24"],"not":["203.0.113.7"]}}: the request must come
 * from an allowed range and from none of the excepted ones. An unknown or unreadable address is
 * refused.
 */
public final class IpRestriction implements Restriction {

  /** The {@code type} member of its JSON form. */
  public static final String TYPE = "ip";

  private static final int MAX_ENTRIES = 200;
  private static final Set<String> MEMBERS = Set.of("type", "allow", "not");

  private final ObjectNode json;
  private final List<Cidr> allow;
  private final List<Cidr> not;

  private IpRestriction(ObjectNode json, List<Cidr> allow, List<Cidr> not) {
    this.json = json;
    this.allow = allow;
    this.not = not;
  }

  /**
   * Reads the JSON form.
   *
   * @param field the object's path in the request, for errors
   * @throws InvalidRestrictionException naming the entry that is no literal address or range
   */
  public static IpRestriction parse(JsonNode json, String field)
      throws InvalidRestrictionException {
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!MEMBERS.contains(name)) {
        throw new InvalidRestrictionException(field + "." + name, "is not known");
      }
    }
    List<Cidr> allow = parseRanges(json.path("allow"), field + ".allow");
    if (allow.isEmpty()) {
      throw new InvalidRestrictionException(field + ".allow", "must name at least one range");
    }
    List<Cidr> not = parseRanges(json.path("not"), field + ".not");
    if (allow.size() + not.size() > MAX_ENTRIES) {
      throw new InvalidRestrictionException(field, "has more than " + MAX_ENTRIES + " entries");
    }
    ObjectNode canonical = JsonNodeFactory.instance.objectNode().put("type", TYPE);
    canonical.set("allow", json.get("allow").deepCopy());
    if (!not.isEmpty()) {
      canonical.set("not", json.get("not").deepCopy());
    }
    return new IpRestriction(canonical, allow, not);
  }

  @Override
  public JsonNode toJson() {
    return json.deepCopy();
  }

  @Override
  public boolean allows(RequestFacts facts) {
    return facts.clientAddress().flatMap(IpAddress::parse).filter(this::allows).isPresent();
  }

  private boolean allows(IpAddress address) {
    return allow.stream().anyMatch(range -> range.contains(address))
        && not.stream().noneMatch(range -> range.contains(address));
  }

  private static List<Cidr> parseRanges(JsonNode array, String field)
      throws InvalidRestrictionException {
    if (array.isMissingNode()) {
      return List.of();
    }
    if (!(array instanceof ArrayNode)) {
      throw new InvalidRestrictionException(field, "must be an array of addresses and ranges");
    }
    List<Cidr> ranges = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String entry = field + "[" + i + "]";
      ranges.add(
          Cidr.parse(array.get(i).isTextual() ? array.get(i).textValue() : "")
              .orElseThrow(
                  () ->
                      new InvalidRestrictionException(
                          entry,
                          "is no literal IPv4 or IPv6 address and no CIDR range without host bits")));
    }
    return ranges;
  }
}
