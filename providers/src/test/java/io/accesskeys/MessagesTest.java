package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyState;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read: whole in every language, and nothing asked for that is not there. */
final class MessagesTest {

  private static final Path FILES = Path.of("../themes/src/main/resources/access-keys");
  private static final Pattern USED = Pattern.compile("msg\\(\"(accessKey[A-Za-z-]*)\"([^)]*)");
  private static final Path PAGE = Path.of("../themes/pages/src");
  private static final Pattern NAMED =
      Pattern.compile("[\"`](accessKey[A-Za-z]*-?[A-Za-z-]*)[\"`$]");
  private static final List<String> NOTICES =
      List.of(
          "created",
          "created_many",
          "revoked_many",
          "rolled",
          "reused",
          "roll_due",
          "roll_deadline",
          "roll_extended",
          "roll_overdue",
          "unused",
          "extended",
          "revoked",
          "exposed",
          "expiring",
          "expired",
          "policy",
          "owner_removed",
          "client_removed",
          "api_client_broken");

  /** What no template asks for, but code does. */
  private static final List<String> FROM_CODE =
      List.of(
          "accessKeyRefused",
          "accessKeyNotFromHere",
          "accessKeyInvalid",
          "accessKeyPolicyUnreadable",
          "accessKeyRestrictionsRequired",
          "accessKeySwitchedOff",
          "accessKeyTooMany");

  /** The fields of the page on which people create keys. */
  private static final List<String> FIELDS =
      List.of("name", "description", "client", "scope", "lifetime", "addresses");

  private static Properties messages(String language) {
    Properties messages = new Properties();
    try (var reader =
        Files.newBufferedReader(FILES.resolve("messages/messages_" + language + ".properties"))) {
      messages.load(reader);
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> used() {
    try (Stream<Path> files = Files.walk(FILES.resolve("templates"))) {
      return files
          .filter(Files::isRegularFile)
          .map(MainSources::read)
          .flatMap(text -> USED.matcher(text).results())
          .flatMap(MessagesTest::keys)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the page in the Account Console asks for, in words of its own or beginning so. */
  private static Stream<String> namedByThePage() {
    try (Stream<Path> files = Files.walk(PAGE)) {
      return files
          .filter(Files::isRegularFile)
          .map(MainSources::read)
          .flatMap(text -> NAMED.matcher(text).results())
          .map(named -> named.group(1))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key that is put together with the name of a notice stands for one of each. */
  private static Stream<String> keys(MatchResult use) {
    if (!use.group(2).startsWith(" + notice")) {
      return Stream.of(use.group(1));
    }
    String end = use.group(2).contains("-advice") ? "-advice" : "";
    return NOTICES.stream().map(notice -> use.group(1) + notice + end);
  }

  @Test
  void everyLanguageHasTheSameMessagesWithTheSameParameters() {
    Map<String, Integer> english = parameters("en");
    assertThat(parameters("de")).isEqualTo(english);
  }

  private static Map<String, Integer> parameters(String language) {
    Properties messages = messages(language);
    return messages.stringPropertyNames().stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name ->
                    new MessageFormat(messages.getProperty(name), Locale.ROOT)
                        .getFormatsByArgumentIndex()
                        .length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void everyMessageThatIsAskedForIsThere(String language) {
    Set<String> used = used().collect(Collectors.toCollection(TreeSet::new));
    assertThat(used).contains("accessKeyCreate", "accessKeyMail-expired-advice");
    NOTICES.forEach(notice -> used.add("accessKeyMail-" + notice + "-subject"));
    used.addAll(FROM_CODE);
    FIELDS.forEach(field -> used.add("accessKeyInvalid-" + field));
    ServiceLoader.load(RestrictionTypeFactory.class)
        .forEach(type -> used.addAll(List.of(type.messageKey(), type.messageKey() + "-help")));
    assertThat(used).contains("accessKeyRestriction-ip-help");
    assertThat(messages(language).stringPropertyNames()).containsAll(used);
  }

  @Test
  void everyMessageThatThePageAsksForIsThere() {
    Set<String> names = messages("en").stringPropertyNames();
    assertThat(namedByThePage())
        .contains("accessKeyPage-anotherDate", "accessKeyState-revoked")
        // What ends so goes on with a word that is only known when it is asked for.
        .allMatch(
            name ->
                names.contains(name) || names.stream().anyMatch(other -> other.startsWith(name)));
    assertThat(names)
        .containsAll(
            Stream.of(KeyState.values()).map(s -> "accessKeyState-" + s.wireName()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void noMessageLosesAnApostrophe(String language) {
    assertThat(messages(language).values())
        .noneMatch(text -> text.toString().replace("''", "").contains("'"));
  }
}
