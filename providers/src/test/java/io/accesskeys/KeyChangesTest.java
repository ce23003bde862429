package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No key is changed by the way: each class that changes rows of keys is behind {@code KeyManager},
 * whose every verb {@code KeyHistoryTest} does. A class that is new here needs its act there.
 */
final class KeyChangesTest {

  private static final Pattern CHANGE =
      Pattern.compile(
          "(?:store|store\\(\\)|getProvider\\(KeyStore\\.class\\))\\s*(?:\\.|::)\\s*"
              + "(?:replace|add|lifecycle)\\b");

  private static final Pattern STATEMENT =
      Pattern.compile("\"(?:update|insert into) AccessKey(?:Secret)?Entity\\b");

  @Test
  void onlyTheManagerAndItsHelpersChangeKeys() {
    assertThat(
            MainSources.all().stream()
                .filter(source -> CHANGE.matcher(source.text()).find())
                .map(MainSources.Source::className))
        .containsExactlyInAnyOrder(
            "io.accesskeys.management.BulkRevoker",
            "io.accesskeys.management.KeyImporter",
            "io.accesskeys.management.KeyIssuer",
            "io.accesskeys.management.KeyManager",
            "io.accesskeys.management.KeyRoller",
            "io.accesskeys.management.KeyTransitions");
  }

  @Test
  void onlyTheStoreHasStatementsForThat() {
    assertThat(
            MainSources.all().stream()
                .filter(source -> STATEMENT.matcher(source.text()).find())
                .map(MainSources.Source::packageName))
        .isNotEmpty()
        .containsOnly("store");
  }
}
