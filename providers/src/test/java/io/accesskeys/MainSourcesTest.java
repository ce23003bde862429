package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.MainSources.Source;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reviewer would otherwise have to look for. */
final class MainSourcesTest {

  private static final int MAX_LINES = 250;
  private static final Set<String> VAGUE = Set.of("util", "utils", "common", "helper", "helpers");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catch\\s*\\(\\s*(final\\s+)?(\\w+\\s*\\|\\s*)*(Exception|Throwable)\\b",
        "System\\s*\\.\\s*(out|err)\\b",
        "\\.printStackTrace\\(",
        // A name would be looked up in the DNS: use io.accesskeys.restriction.ip.IpAddress.
        "\\bInet(4|6|Socket)?Address\\b",
        "\\bgetCanonicalHostName\\b",
        "\\.isRequired\\([^)]*getConnection\\b",
        // Tests move Keycloak's clock, not the system's.
        "\\bSystem\\.currentTimeMillis\\b|\\bClock\\.system",
        "\\b(Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime)\\.now\\("
      })
  void forbiddenCodeIsNowhere(String forbidden) {
    Pattern pattern = Pattern.compile(forbidden);
    assertThat(
            MainSources.all().stream()
                .filter(source -> pattern.matcher(source.text()).find())
                .map(Source::className))
        .isEmpty();
  }

  /** JAX-RS would put other characters in place of bytes that are no text: see BodyText. */
  @Test
  void noBodyIsDecodedByJaxRs() {
    Pattern decoded = Pattern.compile("public Response \\w+\\([^)]*\\bString body\\b");
    assertThat(
            MainSources.all().stream()
                .filter(source -> decoded.matcher(source.text()).find())
                .map(Source::className))
        .isEmpty();
  }

  /** Whoever takes another way writes what may be lost, or to tables that nobody has looked at. */
  @Test
  void ourTablesAreReachedByOneWay() {
    assertThat(
            MainSources.all().stream()
                .filter(source -> source.text().contains(".getEntityManager()"))
                .map(Source::className))
        .containsExactlyInAnyOrder(
            "io.accesskeys.store.DatabaseCheck", "io.accesskeys.store.DurableEntities");
  }

  /**
   * Who may change a key is decided in one place. Uses are written down without it; {@code
   * management.removal} deletes the keys of what is gone.
   */
  @Test
  void onlyTheManagementChangesKeys() {
    Pattern change =
        Pattern.compile(
            "\\blifecycle\\(|\\bremoval\\(\\s*[\\w.]*\\)\\s*\\.(?:purge|remove)"
                + "|\\b[Ss]tore\\w*(?:\\(\\))?\\s*(?:\\.|::)\\s*(?:add|replace|lock)\\b"
                + "|getProvider\\(KeyStore\\.class\\)\\s*\\.\\s*(?:add|replace|lock)\\b");
    assertThat(
            MainSources.all().stream()
                .filter(source -> !source.packageName().equals("store"))
                .filter(source -> !source.packageName().startsWith("management"))
                .filter(source -> change.matcher(source.text()).find())
                .map(Source::className))
        .isEmpty();
  }

  /** Rules take the instant as a parameter; the clock is Keycloak's, which tests can move. */
  @Test
  void onlyWhatStartsSomethingReadsTheClock() {
    Set<String> starting =
        Set.of(
            "http",
            "jobs",
            "management",
            "management.removal",
            "notice",
            "password",
            // The last day of legacy keys, before the facts of a request are known.
            "verification");
    assertThat(
            MainSources.all().stream()
                .filter(source -> source.text().contains("Time.currentTimeMillis()"))
                .map(Source::packageName)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(starting);
  }

  /** A class may be longer if a line below its imports says why. */
  @Test
  void noClassIsTooLongToRead() {
    assertThat(
            MainSources.all().stream()
                .filter(source -> source.text().lines().count() > MAX_LINES)
                .filter(source -> !source.text().contains("\n// Longer than 250 lines: "))
                .map(Source::className))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    List<String> words =
        MainSources.all().stream()
            .flatMap(source -> Stream.of(source.packageName().split("\\.")))
            .distinct()
            .toList();
    assertThat(words).contains("key", "ip").doesNotContainAnyElementsOf(VAGUE);
  }

  @Test
  void everySourceIsInTheFolderOfItsPackage() {
    assertThat(MainSources.all())
        .allSatisfy(
            source ->
                assertThat(source.text())
                    .containsPattern(
                        "(?m)^package io\\.accesskeys\\."
                            + Pattern.quote(source.packageName())
                            + ";$"));
  }
}
