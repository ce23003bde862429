package io.accesskeys.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.key.KeyText;
import io.accesskeys.policy.RealmPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the rules find is every key, and nothing else. */
final class ScannerRulesTest {

  private static final RealmPolicy POLICY =
      RealmPolicy.of(
          Map.of(
              "api-key.prefixes", "acme_live##acme_test",
              "client-secret.prefixes", "kccs##acme_test"));

  private static final String RULES = ScannerRules.gitleaks("acme", POLICY);

  /** The expressions use nothing in which Java's and Go's differ. */
  private static final List<Pattern> EXPRESSIONS =
      Pattern.compile("(?m)^regex = '(.*)'$")
          .matcher(RULES)
          .results()
          .map(found -> Pattern.compile(found.group(1)))
          .toList();

  private static List<String> found(String text) {
    return EXPRESSIONS.stream()
        .flatMap(rule -> rule.matcher(text).results())
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void everyPrefixHasOneRuleOfItsOwnName() {
    assertThat(EXPRESSIONS).hasSize(4);
    assertThat(Pattern.compile("(?m)^id = \"(.*)\"$").matcher(RULES).results())
        .extracting(id -> id.group(1))
        .containsExactlyInAnyOrder(
            "access-key-acme-live", "access-key-acme-test", "access-key-kcpat", "access-key-kccs");
  }

  @Test
  void everyKeyIsFoundWhereverItStands() {
    SeededRandom random = new SeededRandom(5);
    for (int i = 0; i < 2_000; i++) {
      String key = KeyText.generate("kcpat", random).reveal();
      String live = KeyText.generate("acme_live", random).reveal();
      for (String around :
          List.of("%s", "key = \"%s\";", "Bearer %s\n", "secret-token:%s", "a=%s&b")) {
        assertThat(found(around.formatted(key))).containsExactly(key);
        assertThat(found(around.formatted(live))).containsExactly(live);
      }
    }
  }

  /** Our own sources and documents, and a licence. */
  @Test
  void ordinaryTextHasNone() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      assertThat(
              Stream.concat(files, Stream.of(Path.of("../LICENSE"), Path.of("../README.md")))
                  .filter(Files::isRegularFile)
                  .flatMap(file -> found(read(file)).stream()))
          .isEmpty();
    }
    assertThat(found("kcpat_" + "x".repeat(64))).isEmpty();
    assertThat(found("kcpat_" + "x".repeat(66))).isEmpty();
    assertThat(found("kcpat-" + "x".repeat(65))).isEmpty();
    assertThat(found("other_" + "x".repeat(65))).isEmpty();
  }

  @Test
  void aRealmNameCannotLeaveItsPlace() {
    assertThat(ScannerRules.gitleaks("a\"\nb\\", POLICY).lines().findFirst())
        .contains("title = \"Access keys of the realm a__b_\"");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
