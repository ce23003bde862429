package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.accesskeys.key.Label;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelsTest {

  private static final String UNPRINTABLE = "must have no control characters";
  private static final String UNSEEN = "must have at least one visible character";

  private static Label checked(Label label) {
    return granted(() -> Labels.checked(label));
  }

  private static Label described(String description) {
    return new Label("ci", Optional.of(description), Map.of());
  }

  private static Label with(Map<String, String> metadata) {
    return new Label("ci", Optional.empty(), metadata);
  }

  private static void refused(Label label, String field, String reason) {
    assertRefused(() -> Labels.checked(label), field, reason);
  }

  @Nested
  class AName {

    @ParameterizedTest
    @ValueSource(strings = {"x", "Größe", "Zoë 鍵 🔑", "a  b", "<b>"})
    void isKeptAsItIs(String name) {
      assertThat(checked(Label.named(name)).name()).isEqualTo(name);
    }

    @Test
    void losesBlanksAtItsEnds() {
      assertThat(checked(Label.named(" \t Größe \n")).name()).isEqualTo("Größe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "  ", "\n", "\t\r\n"})
    void mustNotBeBlank(String name) {
      refused(Label.named(name), "name", "must have 1 to 120 characters");
    }

    @Test
    void hasAtMostSoManyCharacters() {
      assertThat(checked(Label.named(" " + "x".repeat(120))).name()).hasSize(120);
      refused(Label.named("x".repeat(121)), "name", "must have at most 120 characters");
    }

    /** Zero width, direction, fillers, variation selectors, tags, blanks that strip() leaves. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "\u200B",
          "\u200C\u200D",
          "\u2060\uFEFF",
          "\u00AD",
          "\u200E\u200F",
          "\u061C",
          "\u115F\u1160",
          "\u3164",
          "\uFFA0",
          "\u2800",
          "\u034F",
          "\uFE0F",
          "\u180E",
          "\u00A0",
          "\u2007 \u202F",
          "\uDB40\uDC41",
          "\uDB40\uDD00",
          "\u2061",
          "\uFFFF",
        })
    void mustNotLookEmpty(String name) {
      refused(Label.named(name), "name", UNSEEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202Eci", "ci\u202D", "a\u2067b", "\u202A\u202C"})
    void mustNotTurnTheTextAroundIt(String name) {
      assertThat(refusal(Label.named(name)).getMessage()).contains("direction of text");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "می\u200Cخواهم",
          "👩\u200D💻",
          "❤\uFE0F",
          "שלום\u200F!",
          "\u0301",
          "ㅤa",
          "\uE000"
        })
    void mayHaveWhatScriptsNeed(String name) {
      assertThat(checked(Label.named(name)).name()).isEqualTo(name);
    }

    @Test
    void isNotWhatCouldNotBeRead() {
      assertThat(refusal(Label.named("Gr\uFFFD\uFFFDe")).getMessage()).contains("U+FFFD");
    }

    private InvalidRequestException refusal(Label label) {
      return catchThrowableOfType(InvalidRequestException.class, () -> Labels.checked(label));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a\nb",
          "a\rb",
          "a\tb",
          "a\u0000b",
          "a\u001bb",
          "a\u007fb",
          "a\u0085b",
          "a\u2028b",
          "a\u2029b"
        })
    void hasNoControlCharacters(String name) {
      refused(Label.named(name), "name", UNPRINTABLE);
    }
  }

  @Nested
  class ADescription {

    @Test
    void isKeptWithoutBlanksAtItsEnds() {
      assertThat(checked(described(" for 🔑 ")).description()).hasValue("for 🔑");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void thatIsBlankIsNone(String description) {
      assertThat(checked(described(description)).description()).isEmpty();
    }

    @Test
    void hasAtMostSoManyCharacters() {
      assertThat(checked(described("x".repeat(500))).description()).isPresent();
      refused(described("x".repeat(501)), "description", "must have at most 500 characters");
    }

    @Test
    void mustNotLookEmpty() {
      refused(described("\u200B\u2060"), "description", UNSEEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b"})
    void hasNoControlCharacters(String description) {
      refused(described(description), "description", UNPRINTABLE);
    }
  }

  @Nested
  class Metadata {

    private static final String NAMES =
        "must have names of 1 to 40 letters, digits, dots, dashes, underscores";

    @Test
    void isKeptAsItIs() {
      Map<String, String> metadata = Map.of("a.b", " 1 ", "Team_2", "", "x-y", "Zoë 鍵 🔑");
      assertThat(checked(with(metadata)).metadata()).isEqualTo(metadata);
    }

    @Test
    void hasAtMostSoManyMembers() {
      assertThat(checked(with(members(20))).metadata()).hasSize(20);
      refused(with(members(21)), "metadata", "must have at most 20 members");
    }

    @Test
    void hasNamesOfAtMostSoManyCharacters() {
      assertThat(checked(with(Map.of("x".repeat(40), ""))).metadata()).hasSize(1);
      refused(with(Map.of("x".repeat(41), "")), "metadata", NAMES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\u0000", "a\n", "a[0]"})
    void hasNamesOfPlainCharacters(String name) {
      refused(with(Map.of(name, "x")), "metadata", NAMES);
    }

    @Test
    void hasValuesOfAtMostSoManyCharacters() {
      assertThat(checked(with(Map.of("a", "x".repeat(200)))).metadata()).hasSize(1);
      refused(with(Map.of("a", "x".repeat(201))), "metadata.a", "must have at most 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0000", "\n"})
    void hasValuesWithoutControlCharacters(String value) {
      refused(with(Map.of("good", "x", "a", value)), "metadata.a", UNPRINTABLE);
    }

    @Test
    void hasValuesThatCanBeSeenOrAreBlank() {
      refused(with(Map.of("a", "\u200B")), "metadata.a", UNSEEN);
      assertThat(checked(with(Map.of("a", "", "b", " "))).metadata()).hasSize(2);
    }

    private static Map<String, String> members(int count) {
      Map<String, String> members = new HashMap<>();
      for (int i = 0; i < count; i++) {
        members.put("member-" + i, "x");
      }
      return members;
    }
  }

  @Nested
  class AReason {

    @Test
    void isKeptWithoutBlanksAtItsEnds() {
      assertThat(reason(" laptop lost 🔑 ")).hasValue("laptop lost 🔑");
    }

    @Test
    void thatIsBlankOrMissingIsNone() {
      assertThat(reason(" \n")).isEmpty();
      assertThat(granted(() -> Labels.reason(Optional.empty()))).isEmpty();
    }

    @Test
    void hasAtMostSoManyCharacters() {
      assertThat(reason("x".repeat(255))).isPresent();
      assertRefused(
          () -> Labels.reason(Optional.of("x".repeat(256))),
          "reason",
          "must have at most 255 characters");
    }

    @Test
    void hasNoControlCharacters() {
      assertRefused(() -> Labels.reason(Optional.of("a\nb")), "reason", UNPRINTABLE);
    }

    private static Optional<String> reason(String text) {
      return granted(() -> Labels.reason(Optional.of(text)));
    }
  }
}
