package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Shell;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code docker/monitoring} shows and warns of, against the metrics of the real server. */
class MonitoringIT {

  private static final Path FOLDER = Path.of("../../docker/monitoring");
  private static final Pattern NAME = Pattern.compile("access_keys_[a-z_]+");
  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (access_keys_[a-z_]+)[ ]?(.*)$");

  private static TestRealm realm;
  private static TestKey key;

  @BeforeAll
  static void use() {
    realm = TestRealm.create("monitoring");
    key = realm.pat("alice", Map.of());
    realm.verify(key.text(), "?client=acme-api").expect(200);
    realm.verify("kcpat_x", "?client=acme-api").expect(401);
    realm.watchHealth();
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static String metrics() {
    return Http.get(URI.create(realm.server().managementUri() + "/metrics"), Map.of())
        .expect(200)
        .body();
  }

  private static Set<String> families() {
    Set<String> families = new TreeSet<>();
    metrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> NAME.matcher(line).results())
        .forEach(name -> families.add(name.group()));
    return families;
  }

  private static Set<String> namesIn(String file) throws IOException {
    Set<String> names = new TreeSet<>();
    NAME.matcher(Files.readString(FOLDER.resolve(file)))
        .results()
        .forEach(name -> names.add(name.group()));
    return names;
  }

  private static double value(String series) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + series));
  }

  @Test
  void thereIsEverySeriesOfDashboardAndRules() throws IOException {
    assertThat(namesIn("dashboard.json")).hasSizeGreaterThan(8);
    assertThat(families()).containsAll(namesIn("dashboard.json"));
    assertThat(families()).containsAll(namesIn("alerts.yml"));
  }

  @Test
  void everyMetricIsDescribedHereAndInTheDocument() throws IOException {
    assertThat(HELP.matcher(metrics()).results())
        .isNotEmpty()
        .allSatisfy(help -> assertThat(help.group(2)).as(help.group(1)).isNotBlank());
    assertThat(namesIn("README.md")).containsAll(families());
  }

  @Test
  void keysAreCountedByTheJob() {
    double before = value("access_keys_keys{kind=\"personal-access-token\",state=\"suspended\"}");
    realm.admin("POST", "/access-keys/" + key.id() + "/suspend", null).expect(204);
    realm.watchHealth();
    assertThat(value("access_keys_keys{kind=\"personal-access-token\",state=\"suspended\"}"))
        .isEqualTo(before + 1);
    realm.admin("POST", "/access-keys/" + key.id() + "/resume", null).expect(204);
  }

  /** Debian's package {@code prometheus} has it. */
  @Test
  @RequiresTool("promtool")
  void promtoolTakesTheRulesAndTheirTests() {
    Shell.Outcome outcome =
        Shell.run(
            FOLDER,
            "promtool check config prometheus.yml && promtool test rules alerts-test.yml",
            Map.of(),
            Duration.ofSeconds(60));
    assertThat(outcome.code()).as(outcome.output()).isZero();
  }
}
