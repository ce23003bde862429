package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.management.IssuedKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds a secret does not show it by being printed. */
final class SecretMaskingTest {

  /** So short a piece of a secret must not show either. */
  private static final int PIECE = 5;

  private static final KeyText TEXT = KeyText.generate("acme_live", new SeededRandom(1));
  private static final AccessKey KEY = SampleKey.of(TEXT);

  static Stream<Arguments> holders() {
    return Stream.of(
            TEXT,
            KEY,
            KEY.current(),
            KEY.current().hash(),
            new IssuedKey(KEY, TEXT),
            representation(),
            List.of(TEXT),
            Map.of("key", representation()))
        .map(holder -> Arguments.of(holder.getClass().getSimpleName(), holder));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holders")
  void printedFormShowsNoPieceOfTheSecret(String name, Object holder) {
    assertThat(pieceOfSecretIn(String.valueOf(holder))).as(name).isFalse();
  }

  @Test
  @DisplayName("the search finds a secret that is there")
  void searchFindsTheSecret() {
    String text = TEXT.reveal();
    assertThat(pieceOfSecretIn("before " + text + " after")).isTrue();
    assertThat(pieceOfSecretIn(text.substring(text.length() - 20, text.length() - 12))).isTrue();
  }

  @Test
  void maskedKeyStillTellsItsId() {
    assertThat(TEXT).hasToString("acme_live_" + TEXT.id() + "…");
  }

  @Test
  void redactedFormShowsFourDigitsOfTheIdAndTheHint() {
    String text = TEXT.reveal();
    assertThat(KEY.redacted())
        .isEqualTo(
            "acme_live_" + TEXT.id().substring(0, 4) + "…" + text.substring(text.length() - 4));
  }

  @Test
  void representationIsPrintedAsItsRedactedForm() {
    assertThat(representation()).hasToString(KEY.redacted());
  }

  @Test
  void representationForEventsHasLostTheSecretAndNothingElse() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.writeValueAsString(representation())).contains(TEXT.reveal());
    assertThat(json.writeValueAsString(representation().withoutSecret()))
        .doesNotContain("secret")
        .contains("\"owner\":{\"user\":\"owner-1\"}", "\"id\":\"" + TEXT.id() + "\"");
    assertThat(representation().withoutSecret())
        .usingRecursiveComparison()
        .ignoringFields("secret")
        .isEqualTo(representation());
  }

  private static KeyRepresentation representation() {
    try {
      return new ObjectMapper()
          .readValue(
              """
              {"id": "%s", "name": "ci", "state": "active", "version": 7, "useCount": 3,
               "redacted": "%s", "owner": {"user": "owner-1"}, "secret": "%s"}
              """
                  .formatted(KEY.id(), KEY.redacted(), TEXT.reveal()),
              KeyRepresentation.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean pieceOfSecretIn(String printed) {
    String text = TEXT.reveal();
    String secret = text.substring(text.length() - 49, text.length() - 6);
    for (int i = 0; i + PIECE <= secret.length(); i++) {
      if (printed.contains(secret.substring(i, i + PIECE))) {
        return true;
      }
    }
    return false;
  }
}
