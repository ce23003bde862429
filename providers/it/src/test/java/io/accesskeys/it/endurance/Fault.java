package io.accesskeys.it.endurance;

import io.accesskeys.it.endurance.SteadyLoad.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What gateways were told while something was broken.
 *
 * @param name what it was
 * @param begin when it broke, in nanoseconds
 * @param end when it was mended
 * @param answers from shortly before its beginning until all was well again
 */
record Fault(String name, long begin, long end, List<Answer> answers) {

  static final String HEAD =
      """
      | fault | lasted, s | questions | wrong accepts | good keys refused | no answer or 5xx at node 1, node 2 | revoked elsewhere, still accepted for at most, ms | well again after, s |
      |---|---|---|---|---|---|---|---|
      """;

  /** Takes its own copy of the list. */
  Fault {
    answers = List.copyOf(answers);
  }

  /**
   * How many bad keys were accepted.
   *
   * @param bound how long a node may remember a key
   */
  long wrongAccepts(Duration bound) {
    return accepted().filter(answer -> late(answer) > bound.toNanos()).count();
  }

  /** How many good keys were called bad. */
  long wrongRefusals() {
    return answers.stream()
        .filter(Answer::isOfGoodKey)
        .filter(answer -> answer.status() >= 400 && answer.status() < 500)
        .count();
  }

  private long unanswered(int node) {
    return answers.stream()
        .filter(answer -> answer.node() == node)
        .filter(Fault::hasFailed)
        .count();
  }

  private static boolean hasFailed(Answer answer) {
    return answer.status() == 0 || answer.status() >= 500;
  }

  private Stream<Answer> accepted() {
    return answers.stream().filter(answer -> !answer.isOfGoodKey() && answer.status() == 200);
  }

  private static long late(Answer answer) {
    return Math.max(0, answer.asked() - answer.revoked());
  }

  private Duration latest() {
    return Duration.ofNanos(accepted().mapToLong(Fault::late).max().orElse(0));
  }

  /** From the end of the fault to the last question that was not answered as it should be. */
  private Duration recovery() {
    Predicate<Answer> bad = answer -> answer.isOfGoodKey() && answer.status() != 200;
    long last = answers.stream().filter(bad).mapToLong(Answer::asked).max().orElse(end);
    return Duration.ofNanos(Math.max(0, last - end));
  }

  /** Its row of the table. */
  String row(Duration bound) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %d | %d | %d | %d, %d | %d | %.1f |%n",
        name,
        (end - begin) / 1e9,
        answers.size(),
        wrongAccepts(bound),
        wrongRefusals(),
        unanswered(0),
        unanswered(1),
        latest().toMillis(),
        recovery().toMillis() / 1e3);
  }
}
