package io.accesskeys.restriction.ip;

import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A set of addresses: those in one of the allowed ranges and in none of the excepted ones. Compiled
 * once, so that a look-up hardly grows with the lists. Literal addresses only; nothing here asks
 * the DNS.
 */
public final class IpRanges {

  /** How many ranges there may be, exceptions included. */
  public static final int MAX_ENTRIES = 200;

  /** What is wrong with an entry for which {@link #isRange} is false. */
  public static final String NO_RANGE =
      "no literal IPv4 or IPv6 address and no CIDR range without host bits";

  private final Edges v4;
  private final Edges v6;
  private final boolean everything;

  private IpRanges(List<IpAddress> v4, List<IpAddress> v6) {
    this.v4 = new Edges(v4);
    this.v6 = new Edges(v6);
    this.everything = Coverage.isMoreThanHalf(v4, 32) || Coverage.isMoreThanHalf(v6, 128);
  }

  /**
   * Compiles ranges.
   *
   * @param allow literal addresses and CIDR ranges without host bits, IPv4 and IPv6; at least one
   * @param not the same, for what is excepted
   * @param field the path of the object that has them as members {@code allow} and {@code not}, for
   *     errors
   * @throws InvalidRestrictionException naming the entry that cannot be read
   */
  public static IpRanges of(List<String> allow, List<String> not, String field)
      throws InvalidRestrictionException {
    if (allow.isEmpty()) {
      throw new InvalidRestrictionException(field + ".allow", "must name at least one range");
    }
    if (allow.size() + not.size() > MAX_ENTRIES) {
      throw new InvalidRestrictionException(field, "has more than " + MAX_ENTRIES + " entries");
    }
    List<Cidr> allowed = parse(allow, field + ".allow");
    List<Cidr> excepted = parse(not, field + ".not");
    return new IpRanges(edges(allowed, excepted, 32), edges(allowed, excepted, 128));
  }

  /** Whether this is the text of an address in the set; false for any other text. */
  public boolean contains(String address) {
    return IpAddress.parse(address).filter(this::contains).isPresent();
  }

  /** Whether every address in this set is in the other. */
  boolean isWithin(IpRanges other) {
    return v4.isWithin(other.v4) && v6.isWithin(other.v6);
  }

  /**
   * Whether the set is as good as all addresses: more than half of IPv4, or of the part of IPv6
   * that is in use.
   */
  public boolean isEverything() {
    return everything;
  }

  /** Whether this is the text of an address, in the set or not. */
  public static boolean isAddress(String text) {
    return IpAddress.parse(text).isPresent();
  }

  /** Whether this is the text of an address or of a range, as an entry must be. */
  public static boolean isRange(String text) {
    return Cidr.parse(text).isPresent();
  }

  private boolean contains(IpAddress address) {
    return (address.bits() == 32 ? v4 : v6).surround(address);
  }

  /** Where the set begins, ends, begins again, and so on, for addresses of one width. */
  private static List<IpAddress> edges(List<Cidr> allow, List<Cidr> not, int bits) {
    TreeMap<IpAddress, Change> changes = new TreeMap<>();
    count(changes, allow.stream().filter(range -> range.network().bits() == bits), Change.ALLOW);
    count(changes, not.stream().filter(range -> range.network().bits() == bits), Change.EXCEPT);
    List<IpAddress> edges = new ArrayList<>();
    Change here = Change.NONE;
    for (Map.Entry<IpAddress, Change> change : changes.entrySet()) {
      Change next = here.plus(change.getValue());
      if (next.inside() != here.inside()) {
        edges.add(change.getKey());
      }
      here = next;
    }
    return edges;
  }

  private static void count(Map<IpAddress, Change> changes, Stream<Cidr> ranges, Change atStart) {
    ranges.forEach(
        range -> {
          changes.merge(range.network(), atStart, Change::plus);
          range.end().ifPresent(end -> changes.merge(end, atStart.negated(), Change::plus));
        });
  }

  private static List<Cidr> parse(List<String> ranges, String field)
      throws InvalidRestrictionException {
    List<Cidr> parsed = new ArrayList<>(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      String entry = field + "[" + i + "]";
      parsed.add(
          Cidr.parse(ranges.get(i))
              .orElseThrow(() -> new InvalidRestrictionException(entry, "is " + NO_RANGE)));
    }
    return parsed;
  }

  /**
   * In how many ranges an address is, or by how much that changes at an address.
   *
   * @param allowed allowed ranges
   * @param excepted excepted ranges
   */
  private record Change(int allowed, int excepted) {

    static final Change NONE = new Change(0, 0);
    static final Change ALLOW = new Change(1, 0);
    static final Change EXCEPT = new Change(0, 1);

    boolean inside() {
      return allowed > 0 && excepted == 0;
    }

    Change plus(Change other) {
      return new Change(allowed + other.allowed, excepted + other.excepted);
    }

    Change negated() {
      return new Change(-allowed, -excepted);
    }
  }
}
