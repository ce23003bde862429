package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.OnTwoNodes;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.ManyKeys;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every search of administrators is answered by an index, however many keys there are: from ten
 * thousand on in {@code mvn verify}, where PostgreSQL begins to prefer one, to a million in the
 * profile {@code heavy}.
 */
@RequiresTool("initdb")
@OnTwoNodes
class SearchPlanIT {

  private static final int KEYS = Integer.getInteger("search.keys", 10_000);

  /** More keys of one owner would fill every page of a small table, and reading it all be best. */
  private static final int EVERY = 200;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Pattern EXPLAINED =
      Pattern.compile(
          "(\\S+) LOG: {2}duration: ([0-9.]+) ms {2}plan:\\s+Query Text: (.*?)(?=\\S+ LOG:|\\z)",
          Pattern.DOTALL);

  private static Cluster cluster;
  private static TestRealm realm;

  @BeforeAll
  static void fill() {
    cluster = Cluster.shared();
    realm = TestRealm.create(cluster.first(), "search-plan");
    ManyKeys.fill(cluster.database(), realm, KEYS, KEYS / EVERY);
    postgres().explain();
  }

  @AfterAll
  static void remove() {
    postgres().explainNoMore();
    realm.close();
  }

  private static Postgres postgres() {
    return cluster.database().server();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?state=active",
        "?state=pending",
        "?state=rolling",
        "?state=suspended",
        "?state=expired",
        "?state=revoked",
        "?state=exposed",
        "?kind=api-key",
        "?kind=client-secret",
        "?client=acme-api",
        "?owner=OWNER",
        "?owner=owner-7",
        "?expiringBefore=SOON",
        "?unusedSince=LONG_AGO",
        "?unusedSince=SOON",
        "?state=active&expires=never",
        "?state=active&used=never&unusedSince=LONG_AGO",
        "?rollDueBefore=SOON",
        "?orphaned=true",
        "?restricted=false",
        "?legacy=true",
        "?q=key%2012",
        "?q=nothing",
      })
  void usesAnIndex(String query) {
    String spelled =
        query
            .replace("OWNER", TestRealm.id(realm.user("alice")))
            .replace("SOON", Instant.now().plus(Duration.ofDays(1)).toString())
            .replace("LONG_AGO", Instant.now().minus(Duration.ofDays(30)).toString());
    Path log = postgres().log();
    long mark = log.toFile().length();

    // A connection takes the setting only with its next statement.
    boolean seen =
        Waiting.until(
            () -> {
              realm.admin("GET", "/access-keys" + spelled, null).expect(200);
              return !plans(log, mark).isEmpty();
            },
            LIMIT);
    assertThat(seen).as("the search was seen").isTrue();
    List<Matcher> plans = plans(log, mark);
    Matcher last = plans.get(plans.size() - 1);
    System.out.printf("%-32s %8.2f ms of %d keys%n", query, Double.valueOf(last.group(2)), KEYS);
    assertThat(last.group(3)).doesNotContain("Seq Scan on access_key ").contains("Index");
  }

  private static List<Matcher> plans(Path log, long from) {
    String text = read(log, from);
    List<Matcher> plans = new ArrayList<>();
    Matcher match = EXPLAINED.matcher(text);
    while (match.find()) {
      // Jobs look through owners and for secrets that retire soon now and then, and other servers
      // have databases here.
      if (match.group(1).equals(cluster.database().name())
          && match.group(3).contains("from ACCESS_KEY ")
          && match.group(3).contains("fetch first")
          && !match.group(3).contains("select distinct")
          && !match.group(3).contains(".RETIRES_AT<")) {
        Matcher copy = EXPLAINED.matcher(match.group());
        copy.find();
        plans.add(copy);
      }
    }
    return plans;
  }

  private static String read(Path log, long from) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
