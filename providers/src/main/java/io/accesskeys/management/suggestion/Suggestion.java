package io.accesskeys.management.suggestion;

import io.accesskeys.restriction.Restriction;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a key needs, by what it was used for. To apply it narrows the key and never widens it.
 *
 * @param scopes the names of the scopes to keep; empty if none is suggested away
 * @param restrictions all restrictions that the key would have; empty if none is suggested
 * @param basis what this rests on; empty if the key was never used
 * @param wouldHaveRefused what the suggestion would have refused in that period
 * @param notSuggested what is not suggested, and why not
 */
public record Suggestion(
    Optional<List<String>> scopes,
    Optional<List<Restriction>> restrictions,
    Optional<Basis> basis,
    Outlook wouldHaveRefused,
    List<NotSuggested> notSuggested) {

  /**
   * The uses that a suggestion rests on.
   *
   * @param days how many days there are from the first use to the last, both included
   * @param uses how many accepted uses there were
   * @param from the day of the first use, in UTC
   * @param to the day of the last use
   */
  public record Basis(int days, long uses, LocalDate from, LocalDate to) {}

  /**
   * Something that is not suggested.
   *
   * @param what {@code scopes} or {@code restrictions}
   * @param reason a word for programs
   * @param why a sentence for people
   */
  public record NotSuggested(String what, String reason, String why) {}
}
