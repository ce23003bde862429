package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.realm.SeedKeys;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.YearKind;
import io.accesskeys.it.endurance.YearProgram.Habit;
import io.accesskeys.it.endurance.YearProgram.Step;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.notice.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keys with schedules through a year, in a realm that puts off and one that refuses: owners who do
 * what their mails say, keys that roll themselves, a delivery, and owners who do nothing. Programs
 * go on working all the time. In {@code mvn verify} it is a year of twenty days, with keys of every
 * habit in both realms; the profile {@code heavy} has more of everything.
 */
@Full
class RollYearIT {

  private static final int KEYS = Integer.getInteger("year.keys", 24);
  private static final int DAYS = Integer.getInteger("year.days", 20);

  /** In how many steps once a program works while nothing becomes of its key. */
  private static final int PAUSE = Integer.getInteger("year.pause", 4);

  /** Less than a day: whatever is told a day ahead is told by some run of the jobs. */
  private static final Duration STEP = Duration.ofHours(23);

  private static final int STEPS = (int) Duration.ofDays(DAYS).dividedBy(STEP);
  private static final int THREADS = 4;

  /** In each step people sign in anew, which is not what takes time here. */
  private static final String CHEAP_PASSWORDS =
      "hashAlgorithm(pbkdf2-sha512) and hashIterations(1)";

  /** Owners who do nothing are mailed again and again: some of them are enough. */
  private static final int LAST_IDLE = 1_000;

  /** Days between two rolls. A year with fewer rolls of more keys is as good, and shorter. */
  private static final int SHORTEST = DAYS < 100 ? DAYS / 5 : DAYS / 3;

  private static final int LONGEST = 2 * SHORTEST;
  private static final long SEED = Long.getLong("seed", 5);
  private static final String NEVER = "=1000000";

  /** Of 20 keys of a realm. */
  private static final List<Habit> HABITS =
      List.of(
          Habit.PROMPT,
          Habit.LATE,
          Habit.SELF,
          Habit.DELIVERED,
          Habit.PROMPT,
          Habit.FORGETFUL,
          Habit.SELF,
          Habit.LATE,
          Habit.DELIVERED,
          Habit.PROMPT,
          Habit.IDLE,
          Habit.LATE,
          Habit.SELF,
          Habit.DELIVERED,
          Habit.PROMPT,
          Habit.FORGETFUL,
          Habit.SELF,
          Habit.PROMPT,
          Habit.DELIVERED,
          Habit.PROMPT);

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Map<String, YearProgram> programs = new ConcurrentHashMap<>();
  private final Map<NoticeKind, Integer> mails = new EnumMap<>(NoticeKind.class);
  private final Set<String> references = new HashSet<>();
  private Instant start;
  private TestClock clock;
  private TestRealm lenient;
  private TestRealm strict;
  private GreenMail smtp;

  @Test
  void everyRollHappensInItsWindowAndEveryMailComesOnceAndNobodyIsLockedOut() {
    smtp = new GreenMail(ServerSetup.SMTP.dynamicPort());
    smtp.start();
    // The test starts the jobs: so it knows when they are done.
    Settings settings =
        Settings.ofItsOwn()
            .withOptions(
                List.of(
                    "--spi-access-key-store--jpa--usage-interval" + NEVER,
                    "--spi-access-key-jobs--default--interval" + NEVER,
                    "--spi-access-key-jobs--default--mail-interval" + NEVER));
    try (KeycloakServer server = KeycloakServer.start(settings);
        TestRealm first = TestRealm.create(server, "year-lenient");
        TestRealm second = TestRealm.create(server, "year-strict")) {
      clock = TestClock.of(server);
      lenient = first;
      strict = second;
      prepare();
      for (int step = 1; step <= STEPS; step++) {
        at(step, this::live);
      }
      at(STEPS, this::end);
    } finally {
      threads.shutdownNow();
      smtp.stop();
    }
  }

  private void at(int number, Consumer<Step> what) {
    Duration ahead = STEP.multipliedBy(number);
    lenient.ahead(
        ahead,
        () ->
            strict.ahead(
                ahead,
                () -> what.accept(new Step(number, Instant.now().plus(ahead), ahead, PAUSE))));
  }

  private void prepare() {
    TestRealm.existing(lenient.server(), "master")
        .change("", Map.of("passwordPolicy", CHEAP_PASSWORDS));
    for (TestRealm realm : List.of(lenient, strict)) {
      String port = String.valueOf(smtp.getSmtp().getPort());
      realm.change(
          "",
          Map.of(
              "passwordPolicy",
              CHEAP_PASSWORDS,
              "smtpServer",
              Map.of("host", "127.0.0.1", "port", port, "from", "keys@acme.example")));
      realm.attribute("billing-worker", "access-keys.contacts", "ops@acme.example");
      realm.attribute("acme-gateway", "access-keys.contacts", "ops@acme.example");
    }
    start = Instant.now();
    lenient.policy(room()).expect(204);
    // Keys that have no schedule get one by policy.
    Map<String, String> rules = room();
    rules.put("api-key.roll-every", "P" + LONGEST + "D");
    rules.put("client-secret.roll-every", "P" + LONGEST + "D");
    rules.put("existing-keys-enforced-from", start.plus(Duration.ofHours(12)).toString());
    rules.put("roll-window", "P4D");
    rules.put("when-roll-overdue", "expire");
    rules.put("when-successor-unused", "notify");
    strict.policy(rules).expect(204);
    for (int realm = 0; realm < 2; realm++) {
      SeedKeys seed = new SeedKeys(realm == 0 ? lenient : strict, start);
      for (int number = realm; number < KEYS; number += 2) {
        make(number, seed);
      }
      seed.sow();
    }
  }

  private static Map<String, String> room() {
    Map<String, String> rules = new HashMap<>();
    for (KeyKind kind : KeyKind.values()) {
      rules.put(kind.wireName() + ".max-lifetime", "P800D");
      rules.put(kind.wireName() + ".max-per-owner", "1000000");
    }
    rules.put("personal-access-token.self-roll", "P800D");
    rules.put("api-key.self-roll", "P800D");
    return rules;
  }

  private void make(int number, SeedKeys seed) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    Habit usual = HABITS.get(number / 2 % HABITS.size());
    Habit habit = usual == Habit.IDLE && number >= LAST_IDLE ? Habit.PROMPT : usual;
    YearKind kind = kind(habit, random);
    String name = habit.name().toLowerCase(Locale.ROOT) + "-" + number;
    boolean imposed =
        seed.realm() == strict && kind != YearKind.TOKEN && habit.delivery().equals("pickup");
    YearProgram program =
        new YearProgram(
            seed.realm(),
            kind,
            habit,
            name,
            imposed
                ? seed.key(kind, name, Optional.empty())
                : seed.key(kind, name, Optional.of(schedule(habit, random))),
            random);
    if (seed.realm() == strict) {
      program.expiresIfNotRolled();
    }
    programs.put(name, program);
  }

  /** Client secrets do not roll themselves. */
  private static YearKind kind(Habit habit, SplittableRandom random) {
    int chance = random.nextInt(10);
    if (chance < 6) {
      return YearKind.TOKEN;
    }
    return chance < 8 || habit == Habit.SELF ? YearKind.API_KEY : YearKind.CLIENT_SECRET;
  }

  private RollSchedule schedule(Habit habit, SplittableRandom random) {
    int days = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
    boolean byMonths = days >= 60 && random.nextBoolean();
    // Steps begin at full hours after the start, and so nothing is due while one is running.
    Instant first = start.plus(Duration.ofDays(random.nextInt(days))).plus(Duration.ofMinutes(59));
    return new RollSchedule(
        Optional.of(byMonths ? Period.ofMonths(days / 30) : Period.ofDays(days)),
        Optional.of(first),
        Duration.ofDays(3 + random.nextInt(DAYS < 100 ? 2 : 5)),
        habit.delivery());
  }

  private void live(Step step) {
    if (step.number() % 20 == 0) {
      System.out.printf("Step %d of %d, %d mails%n", step.number(), STEPS, references.size());
    }
    Map<String, List<NoticeKind>> read = mailsAfterJobs();
    Map<String, String> delivered = new HashMap<>(takeDelivered(lenient));
    delivered.putAll(takeDelivered(strict));
    inParallel(
        programs.values(),
        program ->
            program.live(
                step,
                of(program, read),
                Optional.ofNullable(delivered.get("new-secret." + program.key().id()))));
  }

  private static List<NoticeKind> of(YearProgram program, Map<String, List<NoticeKind>> read) {
    return read.getOrDefault(program.name(), List.of());
  }

  /** By the name of the key. */
  private Map<String, List<NoticeKind>> mailsAfterJobs() {
    clock.run("access-keys-usage");
    clock.run("access-keys-upkeep");
    Map<String, List<NoticeKind>> read = new HashMap<>();
    List<YearMail> sent;
    do {
      // A run of this one ends after a while, however much there is to send.
      clock.run("access-keys-mail");
      sent = received();
      for (YearMail mail : sent) {
        assertThat(references.add(mail.reference())).as("%s comes once", mail).isTrue();
        mails.merge(mail.kind(), 1, Integer::sum);
        read.computeIfAbsent(mail.name(), name -> new ArrayList<>()).add(mail.kind());
      }
    } while (!sent.isEmpty());
    return read;
  }

  private List<YearMail> received() {
    List<YearMail> received = Stream.of(smtp.getReceivedMessages()).map(YearMail::of).toList();
    try {
      smtp.purgeEmailFromAllMailboxes();
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
    return received;
  }

  /** What the delivery has left in attributes of the realm. */
  private static Map<String, String> takeDelivered(TestRealm realm) {
    ObjectNode attributes =
        (ObjectNode) realm.admin("GET", "", null).expect(200).json().path("attributes");
    Map<String, String> delivered = new HashMap<>();
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      if (attribute.getKey().startsWith("new-secret.")) {
        delivered.put(attribute.getKey(), attribute.getValue().asText());
      }
    }
    if (!delivered.isEmpty()) {
      realm.change("", Map.of("attributes", attributes.remove(delivered.keySet())));
    }
    return delivered;
  }

  /** The last mails arrive. */
  private void end(Step step) {
    Map<String, List<NoticeKind>> read = mailsAfterJobs();
    programs.values().forEach(program -> program.receive(of(program, read)));
    inParallel(programs.values(), program -> program.assertThatAllWentWell(step));
    int keys = 0;
    for (TestRealm realm : List.of(lenient, strict)) {
      keys +=
          realm.admin("GET", "/access-keys/count", null).expect(200).json().path("count").asInt();
    }
    assertThat(keys).as("keys that are there").isEqualTo(KEYS);
    report();
  }

  private void report() {
    Map<Habit, Integer> rolls = new EnumMap<>(Habit.class);
    programs
        .values()
        .forEach(program -> rolls.merge(program.habit(), program.rolls(), Integer::sum));
    System.out.printf(
        "%d keys, %d days in %d steps, %d rolls %s, %d mails %s, %d uses, in %d s:"
            + " every roll in its window, every mail once, nobody locked out%n",
        KEYS,
        DAYS,
        STEPS,
        rolls.values().stream().mapToInt(Integer::intValue).sum(),
        rolls,
        references.size(),
        mails,
        programs.values().stream().mapToInt(YearProgram::uses).sum(),
        Duration.between(start, Instant.now()).toSeconds());
  }

  private <T> void inParallel(Collection<T> all, Consumer<T> what) {
    List<Callable<Void>> calls =
        all.stream()
            .<Callable<Void>>map(
                one ->
                    () -> {
                      what.accept(one);
                      return null;
                    })
            .toList();
    try {
      for (Future<Void> done : threads.invokeAll(calls)) {
        done.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
