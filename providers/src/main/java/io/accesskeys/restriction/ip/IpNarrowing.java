package io.accesskeys.restriction.ip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes address rules out of the addresses and networks that requests came from. */
public final class IpNarrowing {

  /** The id of the type of restriction that this makes. */
  public static final String TYPE = IpRestrictionType.ID;

  private static final Comparator<Range> ORDER =
      Comparator.<Range>comparingInt(range -> range.cidr().network().bits())
          .thenComparing(range -> range.cidr().network())
          .thenComparingInt(range -> range.cidr().length());

  private IpNarrowing() {}

  /**
   * A range as it is written.
   *
   * @param text such as {@code 203.0.113.0/24}
   */
  private record Range(String text, Cidr cidr) {

    static Stream<Range> of(String text) {
      return Cidr.parse(text).map(cidr -> new Range(text, cidr)).stream();
    }

    boolean covers(Range other) {
      return cidr.network().bits() == other.cidr.network().bits()
          && cidr.length() <= other.cidr.length()
          && cidr.network().compareTo(other.cidr.network()) <= 0
          && cidr.network().lastOf(cidr.length()).compareTo(other.cidr.network()) >= 0;
    }

    /** Ranges lie in one another or apart. */
    Stream<Range> and(Range other) {
      return covers(other)
          ? Stream.of(other)
          : other.covers(this) ? Stream.of(this) : Stream.empty();
    }
  }

  /**
   * The JSON form of a restriction to these networks.
   *
   * @param seen addresses and networks; what is neither is left out
   * @return empty if there is none, or more than a restriction can have
   */
  public static Optional<JsonNode> to(Collection<String> seen) {
    return rule(seen.stream().flatMap(Range::of).toList(), List.of());
  }

  /**
   * The JSON form of a restriction that allows what both this one and these networks allow.
   *
   * @param restriction the JSON form of a restriction of this type
   * @param seen addresses and networks; what is neither is left out
   * @return empty if it would allow nothing, or have more entries than a restriction can have
   */
  public static Optional<JsonNode> of(JsonNode restriction, Collection<String> seen) {
    List<Range> networks = seen.stream().flatMap(Range::of).toList();
    List<Range> allowed =
        ranges(restriction, "allow")
            .flatMap(range -> networks.stream().flatMap(range::and))
            .toList();
    return rule(allowed, ranges(restriction, "not").toList());
  }

  /**
   * Whether a restriction allows an address, or all addresses of a network.
   *
   * @param seen an address or a network; of anything else, false
   */
  public static boolean allowsAll(Restriction restriction, String seen) {
    try {
      return new IpRestrictionType()
          .parse(RestrictionJson.empty(TYPE).set("allow", array(List.of(seen))), "")
          .isWithin(restriction);
    } catch (InvalidRestrictionException e) {
      return false;
    }
  }

  private static ArrayNode array(List<String> entries) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    entries.forEach(array::add);
    return array;
  }

  private static Optional<JsonNode> rule(List<Range> allowed, List<Range> excepted) {
    List<String> allow =
        widest(allowed).stream()
            .filter(range -> excepted.stream().noneMatch(one -> one.covers(range)))
            .map(Range::text)
            .toList();
    List<String> not =
        widest(excepted).stream()
            .filter(one -> allowed.stream().anyMatch(range -> range.covers(one)))
            .map(Range::text)
            .toList();
    if (allow.isEmpty() || allow.size() + not.size() > IpRanges.MAX_ENTRIES) {
      return Optional.empty();
    }
    ObjectNode json = RestrictionJson.empty(TYPE);
    json.set("allow", array(allow));
    if (!not.isEmpty()) {
      json.set("not", array(not));
    }
    return Optional.of(json);
  }

  /** Without those that lie in another, in the order of addresses. */
  private static List<Range> widest(List<Range> ranges) {
    List<Range> kept = new ArrayList<>();
    // A range begins before those that lie in it, or with them and is shorter.
    ranges.stream()
        .sorted(ORDER)
        .filter(range -> kept.isEmpty() || !kept.get(kept.size() - 1).covers(range))
        .forEach(kept::add);
    return kept;
  }

  private static Stream<Range> ranges(JsonNode restriction, String member) {
    List<String> texts = new ArrayList<>();
    restriction.path(member).forEach(entry -> texts.add(entry.asText()));
    return texts.stream().flatMap(Range::of);
  }
}
