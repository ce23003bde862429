package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Waiting;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keys with schedules, day by day: owners who do what their mails say, keys that roll themselves, a
 * delivery, and owners who do nothing. Programs go on working all the time.
 */
class RollYearIT {

  private static final int KEYS = Integer.getInteger("year.keys", 40);
  private static final int DAYS = Integer.getInteger("year.days", 20);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern NAMED = Pattern.compile("[Aa]ccess key (\\w+-\\d+) at");

  /** The end of the last old secret may have been put off into the time of the next roll. */
  private static final String REPLACE = "{\"replacePending\":true}";

  /** What becomes of a key when its roll is due. */
  private enum Habit {
    /** Its owner rolls it the day the mail comes. */
    PROMPT("pickup"),
    /** Its owner waits for the second mail, the day before the deadline. */
    LATE("pickup"),
    /** It rolls itself on some day before the deadline. */
    SELF("self"),
    /** Another extension brings the new secret. */
    DELIVERED("test-attribute"),
    /** Nobody does anything. */
    IDLE("pickup");

    private final String delivery;

    Habit(String delivery) {
      this.delivery = delivery;
    }
  }

  /** A key, and the program that uses it: with a secret that it was given the day before. */
  private static final class Program {
    private final String name;
    private final Habit habit;
    private TestKey inUse;
    private TestKey newest;
    private Instant due;
    private int rolls;

    Program(String name, Habit habit, TestKey key) {
      this.name = name;
      this.habit = habit;
      this.inUse = key;
      this.newest = key;
    }
  }

  private final Random random = new Random(Long.getLong("seed", 5));
  private final Map<String, Program> programs = new HashMap<>();
  private final Map<String, Integer> mails = new HashMap<>();
  private TestRealm realm;
  private GreenMail smtp;
  private Duration ahead = Duration.ZERO;

  @Test
  void everyRollHappensInItsWindowAndNobodyIsLockedOut() {
    smtp = new GreenMail(ServerSetup.SMTP.dynamicPort());
    smtp.start();
    Settings settings =
        Settings.standard()
            .withTestProviders()
            .withRealms(List.of())
            .withOptions(
                List.of(
                    "--spi-access-key-jobs--default--interval=1",
                    "--spi-access-key-jobs--default--mail-interval=1"));
    try (KeycloakServer server = KeycloakServer.start(settings);
        TestRealm year = TestRealm.create(server, "year")) {
      realm = year;
      prepare();
      for (int day = 1; day <= DAYS; day++) {
        on(day, this::aDay);
      }
      on(DAYS, this::anEvening);
    } finally {
      smtp.stop();
    }
  }

  private void on(int day, Runnable what) {
    ahead = Duration.ofDays(day);
    realm.ahead(ahead, what);
    ahead = Duration.ZERO;
  }

  private void prepare() {
    realm.change(
        "",
        Map.of(
            "smtpServer",
            Map.of(
                "host", "127.0.0.1",
                "port", String.valueOf(smtp.getSmtp().getPort()),
                "from", "keys@acme.example")));
    realm
        .policy(
            Map.of(
                "personal-access-token.max-lifetime", "P800D",
                "personal-access-token.max-per-owner", "100000",
                "personal-access-token.self-roll", "P800D",
                "max_auth_age", "86400"))
        .expect(204);
    String end = Instant.now().plus(Duration.ofDays(700)).toString();
    for (int i = 0; i < KEYS; i++) {
      Habit habit = Habit.values()[i % Habit.values().length];
      String name = habit.name().toLowerCase(Locale.ROOT) + "-" + i;
      TestKey key =
          realm.pat(
              "alice",
              Map.of(
                  "name",
                  name,
                  "scopes",
                  List.of("orders:read"),
                  "expiresAt",
                  end,
                  "roll",
                  Map.of(
                      "every", "P" + (4 + random.nextInt(5)) + "D",
                      "overlap", "P" + (3 + random.nextInt(2)) + "D",
                      "delivery", habit.delivery)));
      programs.put(name, new Program(name, habit, key));
    }
    awaitJobs();
    readMails(name -> {}, name -> {});
  }

  private void aDay() {
    awaitJobs();
    programs.values().forEach(this::work);
    readMails(
        name -> roll(programs.get(name), Habit.PROMPT),
        name -> roll(programs.get(name), Habit.LATE));
    programs.values().stream()
        .filter(program -> program.habit == Habit.SELF)
        .forEach(this::maybeRollItself);
    JsonNode delivered = realm.admin("GET", "", null).json().path("attributes");
    programs.values().stream()
        .filter(program -> program.habit == Habit.DELIVERED)
        .forEach(program -> takeWhatWasDelivered(program, delivered));
  }

  /** The last mails arrive. */
  private void anEvening() {
    awaitJobs();
    readMails(name -> {}, name -> {});
    assertThatAllWentWell();
  }

  /** The program works with what it has, and then gets the newest secret. */
  private void work(Program program) {
    assertThat(realm.verify(program.inUse.text(), "?client=acme-api").status())
        .as("%s after %d rolls", program.name, program.rolls)
        .isEqualTo(200);
    program.inUse = program.newest;
  }

  private void roll(Program program, Habit habit) {
    if (program.habit == habit) {
      JsonNode before = realm.own("alice", "GET", program.newest, "", "").expect(200).json();
      Reply rolled = realm.roll("alice", program.newest, REPLACE, Map.of()).expect(200);
      rolled(program, before, TestKey.of(rolled));
      if (habit == Habit.LATE) {
        // The mail about the roll says that the old secret ends within a day.
        program.inUse = program.newest;
      }
    }
  }

  private void maybeRollItself(Program program) {
    JsonNode before = realm.own("alice", "GET", program.newest, "", "").expect(200).json();
    Instant due = Instant.parse(before.path("rollDueAt").asText());
    Instant deadline = Instant.parse(before.path("rollDeadline").asText());
    Instant now = serverNow();
    boolean lastChance = now.plus(Duration.ofDays(1)).isAfter(deadline);
    if (now.isBefore(due) || !(lastChance || random.nextInt(3) == 0)) {
      return;
    }
    Reply rolled =
        Http.json(
                "POST",
                realm.uri("/access-keys/self/roll"),
                TestRealm.bearer(program.newest.text()),
                REPLACE)
            .expect(200);
    rolled(program, before, TestKey.of(rolled));
    program.inUse = program.newest;
  }

  private static void takeWhatWasDelivered(Program program, JsonNode delivered) {
    String text = delivered.path("new-secret." + program.newest.id()).asText();
    if (!text.isEmpty() && !text.equals(program.newest.text())) {
      program.newest = new TestKey(program.newest.id(), text, 0);
      program.rolls++;
    }
  }

  /** Within its window, and once for each time it was due. */
  private void rolled(Program program, JsonNode before, TestKey next) {
    Instant due = Instant.parse(before.path("rollDueAt").asText());
    assertThat(serverNow())
        .as(program.name)
        .isBetween(due, Instant.parse(before.path("rollDeadline").asText()));
    assertThat(due).as(program.name).isNotEqualTo(program.due);
    program.due = due;
    program.newest = next;
    program.rolls++;
  }

  private void readMails(Consumer<String> due, Consumer<String> deadline) {
    List<MimeMessage> received = new ArrayList<>(List.of(smtp.getReceivedMessages()));
    try {
      smtp.purgeEmailFromAllMailboxes();
      for (MimeMessage mail : received) {
        String subject = mail.getSubject();
        Matcher named = NAMED.matcher(subject);
        assertThat(named.find()).as(subject).isTrue();
        String name = named.group(1);
        mails.merge(kind(subject) + " " + name, 1, Integer::sum);
        if (subject.startsWith("A new secret")) {
          due.accept(name);
        } else if (subject.endsWith("has not been rolled yet")) {
          deadline.accept(name);
        }
      }
    } catch (FolderException | MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static String kind(String subject) {
    return subject.replaceAll("[Aa]ccess key \\w+-\\d+ at \\S+ ?", "").strip();
  }

  private void assertThatAllWentWell() {
    int rolls = 0;
    for (Program program : programs.values()) {
      JsonNode key = realm.adminKey("GET", program.newest, "", null).expect(200).json();
      assertThat(key.path("state").asText()).as(program.name).isIn("active", "rolling");
      if (program.habit == Habit.IDLE) {
        assertThat(program.rolls).isZero();
      } else {
        assertThat(program.rolls).as(program.name).isPositive();
        assertThat(mails.getOrDefault("has a new secret " + program.name, 0))
            .as("mails about rolls of %s: %s", program.name, mails)
            .isEqualTo(program.rolls);
      }
      rolls += program.rolls;
    }
    System.out.printf(
        "%d keys, %d days, %d rolls, %d mails: every roll in its window, nobody locked out%n",
        KEYS, DAYS, rolls, mails.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** Until each job has begun after now and come to its end, the mails last. */
  private void awaitJobs() {
    awaitJob("upkeep", serverNow());
    awaitJob("mail", serverNow());
  }

  private void awaitJob(String name, Instant after) {
    assertThat(
            Waiting.until(
                () -> {
                  for (JsonNode job : health().path("jobs")) {
                    if (job.path("name").asText().equals(name) && job.has("lastEndedAt")) {
                      Instant started = Instant.parse(job.path("lastStartedAt").asText());
                      Instant ended = Instant.parse(job.path("lastEndedAt").asText());
                      return started.isAfter(after) && !ended.isBefore(started);
                    }
                  }
                  return false;
                },
                PATIENCE))
        .isTrue();
  }

  private JsonNode health() {
    return realm.admin("GET", "/access-keys/health", null).expect(200).json();
  }

  private Instant serverNow() {
    return Instant.now().plus(ahead);
  }
}
