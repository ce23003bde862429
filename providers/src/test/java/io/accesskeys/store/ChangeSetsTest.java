package io.accesskeys.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A change set that is not on the list would count as one of a newer version. */
class ChangeSetsTest {

  private static final Pattern ID = Pattern.compile("<changeSet [^>]*\\bid=\"([^\"]+)\"");

  @Test
  void knowsThoseOfTheChangeLogInItsOrder() throws IOException {
    try (InputStream log =
        ChangeSets.class.getClassLoader().getResourceAsStream(StoreEntities.CHANGELOG)) {
      assertThat(
              ID.matcher(new String(log.readAllBytes(), UTF_8))
                  .results()
                  .map(found -> found.group(1)))
          .containsExactlyElementsOf(ChangeSets.KNOWN);
    }
    assertThat(new SchemaCompatibility().metadata())
        .containsEntry("schema", ChangeSets.KNOWN.get(ChangeSets.KNOWN.size() - 1));
  }

  @Test
  void tablesThatLackAStepAreRefusedByItsName() {
    List<String> known = ChangeSets.KNOWN;
    assertThat(ChangeSets.older(Set.copyOf(known))).isEmpty();
    assertThat(ChangeSets.older(Set.copyOf(known.subList(0, known.size() - 1))).orElseThrow())
        .contains(ChangeSets.latest() + " is missing");
  }
}
