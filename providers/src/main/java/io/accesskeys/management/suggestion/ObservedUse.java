package io.accesskeys.management.suggestion;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What a key was seen to be used for in a period: accepted uses only.
 *
 * @param from the day of the first use, in UTC
 * @param to the day of the last use
 * @param uses how many there were
 * @param unnamed how many of them named no scope
 * @param scopes the names of scopes that uses named, with how many did
 * @param addresses the addresses and networks that uses came from, with how many did
 * @param knowledge what is known of addresses
 */
record ObservedUse(
    LocalDate from,
    LocalDate to,
    long uses,
    long unnamed,
    Map<String, Long> scopes,
    Map<String, Long> addresses,
    AddressKnowledge knowledge) {

  /** What is known of the addresses that a key was used from. */
  enum AddressKnowledge {
    /** All of them, or the networks they are in. */
    COMPLETE,
    /** The policy keeps none. */
    OFF,
    /** There were more than are kept. */
    TOO_MANY,
    /** An entry point was not told the address of some uses. */
    SOME_UNKNOWN
  }

  ObservedUse {
    scopes = Map.copyOf(scopes);
    addresses = Map.copyOf(addresses);
  }

  /** How many days the period has, the first and the last included. */
  int days() {
    return (int) ChronoUnit.DAYS.between(from, to) + 1;
  }
}
