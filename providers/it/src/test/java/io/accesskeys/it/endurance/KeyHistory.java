package io.accesskeys.it.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * What has been done to one key and answered about it on several nodes, and whether one order of
 * events can explain all of it. Instants are nanoseconds of one clock; several threads write.
 *
 * <p>A change happened at some instant between its request and its answer. A secret is good from
 * the roll that made it until the first change that ends it. What another node says may be late by
 * as much as that node may remember; what the node says that made the change may not.
 */
final class KeyHistory {

  private final NavigableMap<Integer, Roll> rolls = new ConcurrentSkipListMap<>();
  private final Queue<Change> ends = new ConcurrentLinkedQueue<>();
  private final Queue<Pause> pauses = new ConcurrentLinkedQueue<>();
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  /**
   * Something that a node has done.
   *
   * @param node the number of the node; {@link #EVERY} if all know of themselves
   * @param from when it was asked to
   * @param to when it had answered
   */
  record Change(int node, long from, long to) {

    static final int EVERY = -1;

    private boolean isKnownOn(int other) {
      return node == EVERY || node == other;
    }
  }

  /**
   * A time in which no secret is good.
   *
   * @param end of it
   */
  record Pause(Change begin, Change end) {}

  /**
   * An answer to a secret.
   *
   * @param version of the key that the secret came with
   */
  record Asked(int version, boolean accepted, Change when) {}

  /** One that made a secret, and what it did to the one before. */
  private record Roll(Change when, boolean endsFormer) {}

  /** The roll, or the creation, that gave the key this version. All older secrets have ended. */
  void rolled(int version, boolean endsFormer, Change when) {
    rolls.put(version, new Roll(when, endsFormer));
  }

  /** The key is good no more. */
  void ended(Change when) {
    ends.add(when);
  }

  void paused(Pause pause) {
    pauses.add(pause);
  }

  void asked(Asked answer) {
    asked.add(answer);
  }

  int answers() {
    return asked.size();
  }

  /**
   * The answers that no order of events explains.
   *
   * @param bound how late another node may be
   */
  List<String> faults(Duration bound) {
    return asked.stream()
        .filter(
            answer ->
                answer.accepted()
                    ? late(answer) > 0
                        && (late(answer) > bound.toNanos() || !isLateByMemory(answer))
                    : !mayBeRefused(answer, bound))
        .sorted(Comparator.comparingLong(answer -> answer.when().from()))
        .map(answer -> answer + " in " + this)
        .toList();
  }

  /** How long after its end a secret was still taken for good by another node. */
  Duration latest() {
    return Duration.ofNanos(
        asked.stream().filter(Asked::accepted).mapToLong(this::late).max().orElse(0));
  }

  /** How long before the question the secret must have ended; 0 if it need not have. */
  private long late(Asked answer) {
    return Stream.concat(
            endsOf(answer.version()).map(end -> answer.when().from() - end.to()),
            pauses.stream()
                .filter(pause -> answer.when().to() < pause.end().from())
                .map(pause -> answer.when().from() - pause.begin().to()))
        .mapToLong(Long::longValue)
        .filter(late -> late > 0)
        .max()
        .orElse(0);
  }

  /** Whether only nodes have done it that are not the one that was asked. */
  private boolean isLateByMemory(Asked answer) {
    int node = answer.when().node();
    Stream<Change> known =
        Stream.concat(
            endsOf(answer.version()),
            pauses.stream()
                .filter(pause -> answer.when().to() < pause.end().from())
                .map(Pause::begin));
    return known
        .filter(change -> change.to() < answer.when().from())
        .noneMatch(change -> change.isKnownOn(node));
  }

  private boolean mayBeRefused(Asked answer, Duration bound) {
    boolean unborn = answer.when().from() < rolls.get(answer.version()).when().to();
    boolean ended = endsOf(answer.version()).anyMatch(end -> end.from() <= answer.when().to());
    return unborn
        || ended
        || pauses.stream()
            .anyMatch(
                pause ->
                    pause.begin().from() <= answer.when().to()
                        // The end may be never, to which nothing can be added.
                        && answer.when().from() - bound.toNanos() <= pause.end().to());
  }

  private Stream<Change> endsOf(int version) {
    List<Change> all = new ArrayList<>(ends);
    List<Roll> later = List.copyOf(rolls.tailMap(version, false).values());
    // The next roll ends it or lets it retire; the one after that ends it.
    int retires = !later.isEmpty() && !later.get(0).endsFormer() ? 1 : 0;
    later.stream().skip(retires).map(Roll::when).forEach(all::add);
    return all.stream();
  }

  @Override
  public String toString() {
    return "rolls %s, ends %s, pauses %s".formatted(rolls, ends, pauses);
  }
}
