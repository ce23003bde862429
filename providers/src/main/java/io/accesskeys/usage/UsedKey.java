package io.accesskeys.usage;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What is kept of the uses of a key.
 *
 * @param days oldest first; days without any are left out
 * @param scopes the names of scopes that accepted uses asked for
 * @param addresses the networks that accepted uses came from, at most twenty
 * @param entryPoints the entry points they came by
 * @param unknownAddresses how many accepted uses came from an address that nobody knew
 * @param otherAddresses how many came from networks beyond the twenty
 * @param refusals the last ones, newest first
 */
public record UsedKey(
    List<Day> days,
    List<Seen> scopes,
    List<Seen> addresses,
    List<Seen> entryPoints,
    long unknownAddresses,
    long otherAddresses,
    List<RefusedUse> refusals) {

  /**
   * A day, in UTC.
   *
   * @param unnamed how many of the accepted uses asked for no scope in particular
   * @param refused by people and programs that have the secret
   * @param wrongSecrets by those who do not
   * @param reported how many of the accepted a restriction would have refused
   * @param secrets accepted uses by the number of the secret
   */
  public record Day(
      LocalDate day,
      long accepted,
      long unnamed,
      long refused,
      long wrongSecrets,
      long reported,
      Map<Integer, Long> secrets) {}

  /** Something that was seen, by its name, first and last on these days. */
  public record Seen(String name, LocalDate first, LocalDate last, long uses) {}

  public UsedKey {
    days = List.copyOf(days);
    refusals = List.copyOf(refusals);
  }
}
