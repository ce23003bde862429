package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.management.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 13.1.1. */
final class IfMatchTest {

  @Test
  void namesAVersion() throws InvalidRequestException {
    assertThat(IfMatch.version(List.of("\"3\""))).contains(3);
    assertThat(IfMatch.version(List.of(" \"120\" "))).contains(120);
  }

  @Test
  void isAnyVersionWithoutAHeaderOrWithAStar() throws InvalidRequestException {
    assertThat(IfMatch.version(List.of())).isEmpty();
    assertThat(IfMatch.version(List.of("*"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "3",
        "\"\"",
        "\"03\"",
        "\"-3\"",
        "\"3",
        "3\"",
        "'3'",
        "W/\"3\"",
        "\"3\", \"4\"",
        "\"3\",",
        "*, \"3\"",
        "**",
        "\"*\"",
        "\"9999999999\"",
        "\"\uFF13\"",
      })
  void isRefusedIfItSaysAnythingElse(String sent) {
    refused(List.of(sent));
  }

  @Test
  void isRefusedIfItIsThereTwice() {
    refused(List.of("\"3\"", "\"3\""));
    refused(List.of("*", "*"));
  }

  private static void refused(List<String> sent) {
    assertThatThrownBy(() -> IfMatch.version(sent))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.field()).isEqualTo("If-Match"))
        .hasMessage("must be the key's version in quotes, such as \"3\", or *");
  }
}
