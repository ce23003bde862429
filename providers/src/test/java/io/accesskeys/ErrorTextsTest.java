package io.accesskeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The texts with which requests are refused, side by side: {@code docs/error-texts.md} lists them
 * as the sources have them, and they keep to the glossary, as all that people read does.
 */
final class ErrorTextsTest {

  private static final Path CATALOGUE = Path.of("docs/error-texts.md");
  private static final Path GLOSSARY = Path.of("docs/glossary.md");
  private static final Path MESSAGES = Path.of("../themes/src/main/resources/access-keys/messages");
  private static final Pattern EMPHASISED = Pattern.compile("\\*([^*]+)\\*");
  private static final Pattern SHOWN =
      Pattern.compile("\"(?:description|summary|reason|detail)\": (\".*\")");

  private static final String HEAD =
      """
      # Error texts

      Every text with which a request is refused, by the class that refuses it. *Names* is the member, parameter or
      setting that the answer names beside the text (`errors[].field` of a problem); `…` is put in at run time. A text
      says what is wrong and what to do next, in the words of the [glossary](glossary.md). Which status and problem type
      belongs to it: [problems](problems.md).

      Written from the sources by `mvn package -pl themes,providers -Dtest=ErrorTextsTest -Derror-texts.write`; a test
      fails when it is out of date.
      """;

  @Test
  void theCatalogueListsTheTextsOfTheSources() throws IOException {
    String now = catalogue();
    if (System.getProperty("error-texts.write") != null) {
      Files.writeString(CATALOGUE, now, UTF_8);
    }
    assertThat(MainSources.read(CATALOGUE)).isEqualTo(now);
  }

  @Test
  void theTextsKeepToTheGlossary() {
    assertThat(ErrorTexts.all()).hasSizeGreaterThan(100);
    assertThat(ErrorTexts.all())
        .filteredOn(text -> replaced().matcher(text.text()).find())
        .isEmpty();
  }

  @Test
  void theMessagesAndTheReferenceKeepToTheGlossary() {
    Stream<String> messages =
        Stream.of("en", "de")
            .flatMap(
                language ->
                    lines(MESSAGES.resolve("messages_" + language + ".properties"))
                        .filter(not(line -> line.startsWith("#")))
                        .map(line -> line.substring(line.indexOf('=') + 1)));
    Stream<String> reference =
        SHOWN
            .matcher(MainSources.read(MainSources.RESOURCES.resolve("access-keys/openapi.json")))
            .results()
            .map(shown -> shown.group(1));
    assertThat(Stream.concat(messages, reference).filter(text -> replaced().matcher(text).find()))
        .isEmpty();
  }

  private static String catalogue() {
    return HEAD
        + ErrorTexts.all().stream()
            .collect(
                groupingBy(
                    ErrorTexts.ErrorText::source,
                    TreeMap::new,
                    mapping(ErrorTextsTest::row, joining())))
            .entrySet()
            .stream()
            .map(
                one ->
                    "\n## " + one.getKey() + "\n\n| names | text |\n|---|---|\n" + one.getValue())
            .collect(joining());
  }

  private static String row(ErrorTexts.ErrorText text) {
    return "| %s | %s |%n"
        .formatted(
            text.field().isEmpty() ? "" : '`' + text.field() + '`',
            text.text().replace("|", "\\|").replace("*", "\\*"))
        .replace("\r", "");
  }

  /** The words in the last column of the glossary's table. */
  private static Pattern replaced() {
    List<String> words =
        lines(GLOSSARY)
            .filter(line -> line.startsWith("|"))
            .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2)))
            .flatMap(column -> EMPHASISED.matcher(column).results())
            .map(MatchResult::group)
            .map(word -> Pattern.quote(word.replace("*", "")))
            .toList();
    assertThat(words).hasSizeGreaterThan(20);
    return Pattern.compile("(?iu)\\b(" + String.join("|", words) + ")\\b");
  }

  private static Stream<String> lines(Path file) {
    return MainSources.read(file).lines();
  }
}
