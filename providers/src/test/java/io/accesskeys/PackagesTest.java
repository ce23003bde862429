package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.MainSources.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports point down this list, and nowhere in a circle. */
final class PackagesTest {

  /** From the top. A name with a star is every package below that one. */
  private static final List<String> ORDER =
      List.of(
          "rest",
          "rest.*",
          "oauth.*",
          "oauth",
          "signin.*",
          "console",
          "token",
          "http",
          "jobs",
          "transfer",
          "health",
          "management.*",
          "management",
          "notice",
          "password",
          "verification",
          "request",
          "schedule",
          "policy",
          "usage",
          "history",
          "store",
          "key",
          "restriction.*",
          "restriction");

  /** Import nothing of ours, and may be imported by all but {@code key} and what is below it. */
  private static final Set<String> GROUND = Set.of("audit");

  private static final Pattern OURS =
      Pattern.compile("(?m)^import (?:static )?io\\.accesskeys\\.((?:[a-z0-9]+\\.)*)[A-Z]");

  @Test
  void everyPackageHasItsPlace() {
    assertThat(imports().keySet())
        .as("A new package needs a place in this test's list")
        .allMatch(name -> GROUND.contains(name) || rank(name) >= 0);
  }

  @Test
  void importsPointDown() {
    List<String> upward = new ArrayList<>();
    imports()
        .forEach(
            (from, targets) ->
                targets.stream()
                    .filter(to -> !pointsDown(from, to))
                    .forEach(to -> upward.add(from + " imports " + to)));
    assertThat(upward).isEmpty();
  }

  @Test
  void noPackagesImportEachOtherInACircle() {
    Map<String, Set<String>> left = new TreeMap<>();
    imports().forEach((from, targets) -> left.put(from, new TreeSet<>(targets)));
    boolean removed = true;
    while (removed) {
      Set<String> done =
          new TreeSet<>(left.keySet().stream().filter(name -> left.get(name).isEmpty()).toList());
      removed = !done.isEmpty();
      left.keySet().removeAll(done);
      left.values().forEach(targets -> targets.removeAll(done));
    }
    assertThat(left).as("what is in a circle, or imports it").isEmpty();
  }

  /** The table in the README of this module. */
  @Test
  void theReadmeHasThePackagesInTheirOrder() {
    String readme = MainSources.read(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| package | purpose |"));
    List<String> rows =
        Pattern.compile("(?m)^\\| `([a-z.*]+)` \\|")
            .matcher(table)
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(rows).isEqualTo(Stream.concat(ORDER.stream(), GROUND.stream()).toList());
  }

  /** Where a new reader looks first: the topics, each with a class that there is. */
  @Test
  void theReadmeNamesTheClassOfEachTopic() {
    String readme = MainSources.read(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| topic | where |"));
    List<String> named =
        Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)`")
            .matcher(table.substring(0, table.indexOf("\n\n")))
            .results()
            .map(found -> "io.accesskeys." + found.group(1))
            .toList();
    assertThat(named).hasSizeGreaterThan(40);
    assertThat(MainSources.all().stream().map(Source::className)).containsAll(named);
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Pattern sentence = Pattern.compile("(?s)/\\*\\* *\\s.{20,}\\.\\s*\\*/\\s*package ");
    assertThat(imports().keySet())
        .allSatisfy(
            name -> {
              Path folder = MainSources.JAVA.resolve("io/accesskeys/" + name.replace('.', '/'));
              assertThat(MainSources.read(folder.resolve("package-info.java")))
                  .containsPattern(sentence);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"jakarta.ws.rs", "jakarta.persistence", "org.keycloak"})
  void keyKnowsNothingOf(String foreign) {
    assertThat(MainSources.all().stream().filter(source -> source.packageName().equals("key")))
        .hasSizeGreaterThan(5)
        .allSatisfy(source -> assertThat(source.text()).doesNotContain(foreign));
  }

  /** A name in full would pass the other tests by. */
  @Test
  void ourClassesAreImportedAndNotNamedInFull() {
    Pattern inFull = Pattern.compile("(?m)^(?!import |package ).*\\bio\\.accesskeys\\.[a-z]");
    assertThat(
            MainSources.all().stream()
                .filter(source -> inFull.matcher(source.text()).find())
                .map(Source::className))
        .isEmpty();
  }

  @Test
  void importsAreSeenAtAll() {
    assertThat(imports().get("management")).contains("key", "store");
    assertThat(imports().get("restriction.ip")).containsExactly("restriction");
  }

  private static boolean pointsDown(String from, String to) {
    if (GROUND.contains(from)) {
      return false;
    }
    if (GROUND.contains(to)) {
      return rank(from) < rank("key");
    }
    return rank(from) <= rank(to);
  }

  private static int rank(String name) {
    int exact = ORDER.indexOf(name);
    int dot = name.indexOf('.');
    return exact >= 0 || dot < 0 ? exact : ORDER.indexOf(name.substring(0, dot) + ".*");
  }

  /** Each of our packages, and which others of ours it imports. */
  private static Map<String, Set<String>> imports() {
    Map<String, Set<String>> imports = new TreeMap<>();
    for (Source source : MainSources.all()) {
      Set<String> targets = imports.computeIfAbsent(source.packageName(), name -> new TreeSet<>());
      Stream<String> named =
          OURS.matcher(source.text())
              .results()
              .map(found -> found.group(1).replaceFirst("\\.$", ""));
      named.filter(name -> !name.equals(source.packageName())).forEach(targets::add);
    }
    return imports;
  }
}
