package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.Database;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.endurance.RolledKey.Former;
import io.accesskeys.it.endurance.RolledKey.Shown;
import jakarta.mail.internet.MimeMessage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes that die while keys are made and rolled in all ways: what was answered holds, what was not
 * is done wholly or not at all, and nobody is left without a mail or a secret. One kill in {@code
 * mvn verify}, and many in the profile {@code heavy}.
 */
@RequiresTool("initdb")
@Full
class KillRollIT {

  private static final int KILLS = Integer.getInteger("rolls.kills", 1);
  private static final long SEED = Long.getLong("rolls.seed", System.nanoTime());
  private static final String REALM = "kill-roll";
  private static final Pattern REFERENCE = Pattern.compile("Reference: ([0-9a-f-]{36})");

  /** Longer than a dead node's claim on a mail lasts. */
  private static final Duration LEASE = Duration.ofMinutes(6);

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** More than a key remembers. */
  private static final int LATEST = 15;

  private GreenMail smtp;
  private Postgres postgres;
  private Database.OnPostgres database;
  private List<MortalNode> nodes;
  private TestRealm realm;

  @BeforeEach
  void start() {
    smtp = new GreenMail(ServerSetup.SMTP.dynamicPort());
    smtp.start();
    // Only nodes die: what PostgreSQL has told them is there, on its disk or not.
    postgres = Postgres.shared();
    database = (Database.OnPostgres) postgres.database();
    nodes = Cluster.nodes(database).stream().map(MortalNode::new).toList();
    realm = TestRealm.create(nodes.get(0).server(), REALM);
    realm
        .policy(
            Map.of(
                "personal-access-token.max-per-owner",
                "100000",
                "api-key.max-per-owner",
                "100000",
                "api-key.self-roll",
                "P90D"))
        .expect(204);
    realm.change(
        realm.client("billing-worker"),
        Map.of("attributes", Map.of("access-keys.contacts", "ops@acme.example")));
    String port = String.valueOf(smtp.getSmtp().getPort());
    realm.change(
        "",
        Map.of(
            "smtpServer", Map.of("host", "127.0.0.1", "port", port, "from", "keys@acme.example")));
    signIn();
  }

  /** Again and again: who rolls a key must not have signed in too long ago. */
  private void signIn() {
    realm = TestRealm.existing(nodes.get(0).server(), REALM);
    try {
      realm.as("alice");
    } catch (UncheckedIOException e) {
      // It went over a connection of the node that was killed: there is a new one now.
      realm.as("alice");
    }
    nodes.forEach(node -> node.enter(realm));
  }

  @AfterEach
  void stop() {
    if (nodes != null) {
      nodes.forEach(MortalNode::close);
    }
    smtp.stop();
  }

  @Test
  void everyRollIsDoneWhollyOrNotAtAllAndToldOnce() throws Exception {
    System.out.println("Seed of the kills: -Drolls.seed=" + SEED);
    try (RollLoad load = new RollLoad(nodes, SEED)) {
      load.start();
      killNodes(new Random(SEED));
      load.finish();
      assertThat(load.strange()).isEmpty();
      allIsAsAnswered(load);
    }
  }

  private void killNodes(Random random) throws InterruptedException {
    for (int i = 0; i < KILLS; i++) {
      TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(KILLS > 1 ? 3_000 : 1_000));
      nodes.get(random.nextInt(nodes.size())).dieAndComeBack();
      signIn();
    }
    TimeUnit.SECONDS.sleep(1);
  }

  private void allIsAsAnswered(RollLoad load) {
    everyRollThatWasDueIsDealtWith();
    everyRowIsWhole();
    int twice = everyNoticeIsSent();
    Map<String, Map<Integer, Instant>> secrets = secrets();
    load.byHand().forEach(key -> holdsAsAnswered(key, secrets.get(key.made().id())));
    load.byThemselves().forEach(key -> holdsAsAnswered(key, secrets.get(key.made().id())));
    load.byHand().forEach(key -> endsAsAnswered(key, current(secrets, key)));
    load.byThemselves()
        .forEach(key -> assertThat(verify(key.newest().key().text())).isEqualTo(200));
    Map<String, String> delivered = delivered();
    load.deliveries()
        .forEach(
            key -> {
              assertThat(verify(key.text())).isEqualTo(200);
              assertThat(verify(delivered.get(key.id()))).isEqualTo(200);
            });
    load.pickups().forEach(key -> assertThat(verify(key.text())).isEqualTo(200));
    assertThat(load.made()).isNotEmpty().allMatch(key -> verify(key.text()) == 200);
    report(load, secrets, twice);
  }

  private void everyRollThatWasDueIsDealtWith() {
    String left =
        "select count(*) from ACCESS_KEY where ROLL_DUE_AT is not null"
            + " and (ROLL_TOLD_FOR is null or ROLL_TOLD_FOR < ROLL_DUE_AT)";
    afterLease("access-keys-upkeep", () -> awaitNone(left, "rolls that are due"));
  }

  /** However many are left after many kills, as long as they get fewer. */
  private void awaitNone(String count, String what) {
    long left = Long.parseLong(sql(count));
    while (left > 0) {
      long before = left;
      assertThat(Waiting.until(() -> Long.parseLong(sql(count)) < before, LIMIT))
          .as("%d %s", left, what)
          .isTrue();
      left = Long.parseLong(sql(count));
    }
  }

  private void everyRowIsWhole() {
    // Only here mails are looked up by their key: thousands, for each of thousands of keys.
    sql("create index on ACCESS_KEY_MAIL (KEY_ID)");
    String secretsOf =
        "(select count(*) from ACCESS_KEY_SECRET s where s.REALM_ID = k.REALM_ID and s.KEY_ID = k.ID and ";
    String last =
        "(select max(SECRET_NUMBER) from ACCESS_KEY_SECRET s where s.REALM_ID = k.REALM_ID and s.KEY_ID = k.ID)";
    String mailsOf = "(select count(*) from ACCESS_KEY_MAIL m where m.KEY_ID = k.ID and m.KIND = ";
    Stream.of(
            secretsOf + "s.RETIRES_AT is null) <> 1",
            secretsOf + "s.RETIRES_AT is null and s.SECRET_NUMBER = " + last + ") <> 1",
            secretsOf + "s.RETIRES_AT > " + Instant.now().toEpochMilli() + ") > 1",
            "not exists (select 1 from ACCESS_KEY_USAGE u where u.REALM_ID = k.REALM_ID and u.KEY_ID = k.ID)",
            mailsOf + "'rolled') <> " + last + " - 1",
            "ROLL_DELIVERY = 'pickup' and " + mailsOf + "'roll_due') <> 1",
            "ROLL_DELIVERY = 'pickup' and " + last + " <> 1",
            "ROLL_DELIVERY = 'test-attribute' and " + last + " <> 2",
            "ROLL_DELIVERY is null and VERSION <> " + last)
        .forEach(
            broken ->
                assertThat(sql("select ID, VERSION from ACCESS_KEY k where " + broken))
                    .as("keys of which %s", broken)
                    .isEmpty());
  }

  /** Gives how many mails came twice: those must say that they are one. */
  private int everyNoticeIsSent() {
    String unsent = "select count(*) from ACCESS_KEY_MAIL where NEXT_AT is not null";
    afterLease("access-keys-mail", () -> awaitNone(unsent, "mails that are not sent"));
    Map<String, Long> received =
        Stream.of(smtp.getReceivedMessages())
            .map(KillRollIT::reference)
            .collect(Collectors.groupingBy(reference -> reference, Collectors.counting()));
    assertThat(received.keySet())
        .containsExactlyInAnyOrderElementsOf(lines("select ID from ACCESS_KEY_MAIL").toList());
    return (int) received.values().stream().filter(count -> count > 1).count();
  }

  /** On both nodes, where nobody waits for what a dead one has claimed, nor for the job's turn. */
  private void afterLease(String job, Runnable what) {
    TestRealm second = realm.at(nodes.get(1).server());
    realm.ahead(
        LEASE,
        () ->
            second.ahead(
                LEASE,
                () -> {
                  nodes.forEach(node -> TestClock.of(node.server()).run(job));
                  what.run();
                }));
    signIn();
  }

  private static String reference(MimeMessage mail) {
    Matcher matcher = REFERENCE.matcher(GreenMailUtil.getWholeMessage(mail));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  /** The key is what the answers and no more than the requests without one have made of it. */
  private void holdsAsAnswered(RolledKey key, Map<Integer, Instant> secrets) {
    int version = newest(secrets);
    assertThat(version)
        .as("rolls of key %s", key.made().id())
        .isBetween(key.timesShown(), key.timesShown() + key.mayHaveBeenRolled());
    Reply seen = realm.adminKey("GET", key.made(), "", null).expect(200);
    assertThat(seen.json().path("version").asInt()).isEqualTo(version);
    assertThat(seen.text("state")).isIn("active", "rolling");
    for (Map.Entry<Integer, Shown> shown : key.latest(LATEST)) {
      Instant end = secrets.getOrDefault(shown.getKey(), Instant.MIN);
      assertThat(verify(shown.getValue().key().text()))
          .as("version %d of key %s, at version %d", shown.getKey(), key.made().id(), version)
          .isEqualTo(end.isAfter(Instant.now()) ? 200 : 401);
    }
  }

  /** If its last roll was answered, that answer alone says which secrets are good. */
  private void endsAsAnswered(RolledKey key, int version) {
    if (key.newest().key().version() != version) {
      return;
    }
    boolean overlaps = key.newest().former() == Former.RETIRING;
    for (Map.Entry<Integer, Shown> shown : key.latest(LATEST)) {
      boolean good = shown.getKey() == version || (overlaps && shown.getKey() == version - 1);
      assertThat(verify(shown.getValue().key().text()))
          .as("version %d of key %s, at version %d", shown.getKey(), key.made().id(), version)
          .isEqualTo(good ? 200 : 401);
    }
  }

  private int verify(String text) {
    return realm.verify(text, "?client=acme-api").status();
  }

  /** The ends of the secrets by key and number, far away for current ones. */
  private Map<String, Map<Integer, Instant>> secrets() {
    Map<String, Map<Integer, Instant>> all = new HashMap<>();
    lines("select KEY_ID, SECRET_NUMBER, coalesce(RETIRES_AT, 9e14) from ACCESS_KEY_SECRET")
        .map(line -> line.split("\\|", -1))
        .forEach(
            row ->
                all.computeIfAbsent(row[0], id -> new HashMap<>())
                    .put(
                        Integer.valueOf(row[1]),
                        Instant.ofEpochMilli((long) Double.parseDouble(row[2]))));
    return all;
  }

  private static int newest(Map<Integer, Instant> secrets) {
    return secrets.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static int current(Map<String, Map<Integer, Instant>> secrets, RolledKey key) {
    return newest(secrets.get(key.made().id()));
  }

  private Map<String, String> delivered() {
    return lines(
            "select substr(NAME, length('new-secret.') + 1), VALUE from REALM_ATTRIBUTE"
                + " where NAME like 'new-secret.%'")
        .map(line -> line.split("\\|", 2))
        .collect(Collectors.toMap(row -> row[0], row -> row[1]));
  }

  private Stream<String> lines(String query) {
    return sql(query).lines();
  }

  private String sql(String query) {
    return postgres.sql(database.name(), query).strip();
  }

  private void report(RollLoad load, Map<String, Map<Integer, Instant>> secrets, int twice) {
    List<RolledKey> keys =
        Stream.concat(load.byHand().stream(), load.byThemselves().stream()).toList();
    int shown = keys.stream().mapToInt(key -> key.timesShown() - 1).sum();
    int done = keys.stream().mapToInt(key -> current(secrets, key) - 1).sum();
    System.out.printf(
        "%d kills: %d rolls answered, %d requests without an answer, of which %d had rolled;"
            + " %d secrets delivered, %d pickups told, %d more keys made; %s mails, %d of them"
            + " twice%n",
        KILLS,
        shown,
        keys.stream().mapToInt(RolledKey::mayHaveBeenRolled).sum(),
        done - shown,
        load.deliveries().size(),
        load.pickups().size(),
        load.made().size(),
        sql("select count(*) from ACCESS_KEY_MAIL"),
        twice);
  }
}
