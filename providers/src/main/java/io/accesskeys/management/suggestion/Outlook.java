package io.accesskeys.management.suggestion;

import io.accesskeys.management.suggestion.ObservedUse.AddressKnowledge;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.ip.IpNarrowing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What scopes and restrictions would have refused of the uses that were seen.
 *
 * @param scopes scopes that uses named and that would be missing, with how many uses did
 * @param addresses addresses and networks that would not be allowed or not all of them, with how
 *     many uses came from there
 * @param undecided the types of restrictions of which what was seen cannot tell
 */
public record Outlook(
    Map<String, Long> scopes, Map<String, Long> addresses, List<String> undecided) {

  /** Nothing would have been refused. */
  static final Outlook NOTHING = new Outlook(Map.of(), Map.of(), List.of());

  /**
   * Looks back.
   *
   * @param scopes the names of the scopes that the key would have
   * @param enforced the restrictions that would be enforced
   */
  static Outlook of(ObservedUse seen, Set<String> scopes, Collection<Restriction> enforced) {
    Map<String, Long> missing = new TreeMap<>(seen.scopes());
    missing.keySet().removeAll(scopes);
    Map<String, Long> outside = new TreeMap<>(seen.addresses());
    outside
        .keySet()
        .removeIf(
            address ->
                enforced.stream()
                    .filter(one -> one.type().equals(IpNarrowing.TYPE))
                    .allMatch(one -> IpNarrowing.allowsAll(one, address)));
    boolean seesAddresses = seen.knowledge() == AddressKnowledge.COMPLETE;
    return new Outlook(
        missing,
        outside,
        types(enforced).filter(type -> !type.equals(IpNarrowing.TYPE) || !seesAddresses).toList());
  }

  /** Where no use was seen: nobody can say what they would have refused. */
  static Outlook unseen(Collection<Restriction> enforced) {
    return new Outlook(Map.of(), Map.of(), types(enforced).toList());
  }

  private static Stream<String> types(Collection<Restriction> restrictions) {
    return restrictions.stream().map(Restriction::type).distinct().sorted();
  }

  /** How many uses would have been refused at least: one use may name two missing scopes. */
  public long uses() {
    long byScope = scopes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    long byAddress = addresses.values().stream().mapToLong(Long::longValue).sum();
    return Math.max(byScope, byAddress);
  }
}
