package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyKindTest {

  @Test
  void wireNamesAndPrefixesAreStoredAndNeverChange() {
    assertThat(
            Stream.of(KeyKind.values())
                .map(kind -> kind + " " + kind.wireName() + " " + kind.defaultPrefix()))
        .containsExactly(
            "API_KEY api-key kcak",
            "PERSONAL_ACCESS_TOKEN personal-access-token kcpat",
            "CLIENT_SECRET client-secret kccs");
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsFoundByItsWireNameAndMakesKeys(KeyKind kind) {
    assertThat(KeyKind.of(kind.wireName())).contains(kind);
    assertThat(KeyText.isPrefix(kind.defaultPrefix())).isTrue();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"API_KEY", "Api-Key", "api_key", "api-key ", "pat"})
  void anyOtherTextIsNoKind(String text) {
    assertThat(KeyKind.of(text)).isEmpty();
  }
}
