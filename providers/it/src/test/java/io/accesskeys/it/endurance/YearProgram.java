package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.SeedKeys;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.YearKind;
import io.accesskeys.notice.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A key, its owner and the program that uses it. They know of it what answers and mails have said,
 * and do what these say; the program goes on working all the time.
 */
final class YearProgram {

  private static final Duration DAY = Duration.ofDays(1);

  /** What becomes of a key when its roll is due. */
  enum Habit {
    /** Its owner rolls it when the mail comes; the program gets the new secret a step later. */
    PROMPT("pickup"),
    /** Its owner waits for the second mail, the day before the deadline. */
    LATE("pickup"),
    /** It rolls itself in some step before the deadline. */
    SELF("self"),
    /** Another extension brings the new secret, which the program gets a step later. */
    DELIVERED("test-attribute"),
    /** Its owner rolls it, and gives the new secret to nobody until a mail says that. */
    FORGETFUL("pickup"),
    /** Nobody does anything. */
    IDLE("pickup");

    private final String delivery;

    Habit(String delivery) {
      this.delivery = delivery;
    }

    String delivery() {
      return delivery;
    }
  }

  private final TestRealm realm;
  private final YearKind kind;
  private final Habit habit;
  private final String name;
  private final SplittableRandom random;
  private final Map<NoticeKind, Integer> expected = new EnumMap<>(NoticeKind.class);
  private final Map<NoticeKind, Integer> received = new EnumMap<>(NoticeKind.class);
  private TestKey inUse;
  private TestKey newest;
  private Optional<Instant> due = Optional.empty();
  private Optional<Instant> deadline = Optional.empty();
  private Optional<Instant> retires = Optional.empty();
  private boolean mayExpire;
  private int lastChange;
  private int rolls;
  private int uses;

  /**
   * @param seed the key as it begins
   * @param random what is left to chance
   */
  YearProgram(
      TestRealm realm,
      YearKind kind,
      Habit habit,
      String name,
      SeedKeys.Sown seed,
      SplittableRandom random) {
    this.realm = realm;
    this.kind = kind;
    this.habit = habit;
    this.name = name;
    this.random = random;
    this.newest = seed.key();
    this.inUse = newest;
    this.due = seed.due();
    this.deadline = seed.deadline();
  }

  /** The realm's policy refuses keys that were not rolled in time. */
  void expiresIfNotRolled() {
    mayExpire = true;
  }

  String name() {
    return name;
  }

  TestKey key() {
    return newest;
  }

  Habit habit() {
    return habit;
  }

  int rolls() {
    return rolls;
  }

  int uses() {
    return uses;
  }

  private void learn(JsonNode key) {
    due = instant(key, "rollDueAt");
    deadline = instant(key, "rollDeadline");
  }

  private static Optional<Instant> instant(JsonNode key, String member) {
    return Optional.of(key.path(member).asText())
        .filter(text -> !text.isEmpty())
        .map(Instant::parse);
  }

  private void expect(NoticeKind notice, int count) {
    expected.merge(notice, count, Integer::sum);
  }

  /**
   * One step of the year, after the jobs have run.
   *
   * @param mails about the key since the last step
   * @param delivered the text of a new secret, if another extension has brought one
   */
  void live(Step step, List<NoticeKind> mails, Optional<String> delivered) {
    if (!mails.isEmpty()) {
      lastChange = step.number();
    }
    if (!inUse.equals(newest) || step.isWorkday(lastChange, name.hashCode())) {
      work(step);
    }
    mails.forEach(mail -> react(mail, step));
    if (habit == Habit.SELF) {
      maybeRollItself(step);
    }
    delivered.ifPresent(text -> take(text, step));
  }

  /** What comes when nobody acts any more. */
  void receive(List<NoticeKind> mails) {
    mails.forEach(mail -> received.merge(mail, 1, Integer::sum));
  }

  private void work(Step step) {
    assertWorks(inUse, step);
    if (habit == Habit.PROMPT || habit == Habit.DELIVERED) {
      switchOver(step);
    }
  }

  private void switchOver(Step step) {
    if (!inUse.equals(newest)) {
      inUse = newest;
      lastChange = step.number();
      assertWorks(inUse, step);
    }
  }

  private void assertWorks(TestKey key, Step step) {
    boolean good = !mayExpire || !isOverdue(step.now());
    assertThat(kind.works(realm, key))
        .as("%s works in step %d, after %d rolls", name, step.number(), rolls)
        .isEqualTo(good);
    uses++;
  }

  /** Of others an overdue key is a failure, whatever the policy makes of it. */
  private boolean isOverdue(Instant now) {
    return habit == Habit.IDLE && deadline.filter(at -> !now.isBefore(at)).isPresent();
  }

  private void react(NoticeKind mail, Step step) {
    received.merge(mail, 1, Integer::sum);
    if (mail == NoticeKind.ROLL_DUE) {
      learn(kind.look(realm, newest).json());
      if (habit == Habit.PROMPT || habit == Habit.FORGETFUL) {
        roll(step);
      }
    } else if (mail == NoticeKind.ROLL_DEADLINE && habit == Habit.LATE) {
      roll(step);
      // The mail about the roll says that the old secret ends within a day.
      switchOver(step);
    } else if (mail == NoticeKind.UNUSED || mail == NoticeKind.EXTENDED) {
      switchOver(step);
    }
  }

  private void roll(Step step) {
    rolled(kind.roll(realm, newest), step);
  }

  private void maybeRollItself(Step step) {
    boolean lastChance = step.now().plus(DAY).isAfter(deadline.orElseThrow());
    if (!step.now().isBefore(due.orElseThrow()) && (lastChance || random.nextInt(3) == 0)) {
      rolled(kind.rollItself(realm, newest), step);
      switchOver(step);
    }
  }

  private void rolled(Reply reply, Step step) {
    rolled(reply.json(), TestKey.of(reply), step);
  }

  private void take(String text, Step step) {
    JsonNode now = kind.look(realm, newest).json();
    rolled(now, new TestKey(newest.id(), text, now.path("version").asInt()), step);
  }

  /** Within its window, and after that due again only later. */
  private void rolled(JsonNode now, TestKey next, Step step) {
    assertThat(step.now()).as(name).isBetween(due.orElseThrow(), deadline.orElseThrow());
    if (habit.delivery().equals("pickup")) {
      expect(NoticeKind.ROLL_DUE, 1);
    }
    if (isToldOfDeadline(step.jobs()) && habit != Habit.DELIVERED) {
      expect(NoticeKind.ROLL_DEADLINE, 1);
    }
    expect(NoticeKind.ROLLED, 1);
    if (habit == Habit.FORGETFUL && rolls > 0) {
      expect(unused(), 1);
    }
    newest = next;
    rolls++;
    lastChange = step.number();
    retires = instant(now, "retiresAt");
    Instant before = due.orElseThrow();
    learn(now);
    assertThat(due.orElseThrow()).as(name).isAfter(before);
  }

  private boolean isToldOfDeadline(Instant jobs) {
    return !jobs.isBefore(deadline.orElseThrow().minus(DAY));
  }

  private NoticeKind unused() {
    return mayExpire ? NoticeKind.UNUSED : NoticeKind.EXTENDED;
  }

  /** At the end: the key is there and good, and each mail has come that had to, and once. */
  void assertThatAllWentWell(Step last) {
    JsonNode key = kind.look(realm, newest).json();
    learn(key);
    expectWhatIsRunning(last.jobs());
    assertThat(received).as("mails about %s, rolled %d times", name, rolls).isEqualTo(expected);
    assertWorks(newest, last);
    assertWorks(inUse, last);
    if (habit == Habit.IDLE) {
      assertThat(rolls).isZero();
      assertThat(key.path("state").asText()).as(name).isEqualTo(mayExpire ? "expired" : "active");
    } else {
      assertThat(rolls).as(name).isPositive();
      assertThat(deadline.orElseThrow()).as(name).isAfter(last.now());
      assertThat(key.path("state").asText()).as(name).isIn("active", "rolling");
    }
  }

  private void expectWhatIsRunning(Instant jobs) {
    if (habit == Habit.FORGETFUL && !jobs.isBefore(retires.orElseThrow().minus(DAY))) {
      expect(unused(), 1);
    }
    if (jobs.isBefore(due.orElseThrow())) {
      return;
    }
    if (habit.delivery().equals("pickup")) {
      expect(NoticeKind.ROLL_DUE, 1);
    }
    if (isToldOfDeadline(jobs)) {
      expect(NoticeKind.ROLL_DEADLINE, 1);
    }
    if (isOverdue(jobs)) {
      Duration window = Duration.between(due.get(), deadline.get());
      int late = (int) Duration.between(due.get(), jobs).dividedBy(window);
      expect(mayExpire ? NoticeKind.ROLL_OVERDUE : NoticeKind.ROLL_EXTENDED, mayExpire ? 1 : late);
    }
  }

  /**
   * A moment of the year.
   *
   * @param jobs when the jobs last began to run
   * @param ahead how far the server's clock is ahead
   * @param pause how many steps a program does nothing while nothing becomes of its key
   */
  record Step(int number, Instant jobs, Duration ahead, int pause) {

    Instant now() {
      return Instant.now().plus(ahead);
    }

    /** Programs are at work for some steps after each change, and now and then otherwise. */
    boolean isWorkday(int lastChange, int salt) {
      return number - lastChange <= 3 || Math.floorMod(number + salt, pause) == 0;
    }
  }
}
