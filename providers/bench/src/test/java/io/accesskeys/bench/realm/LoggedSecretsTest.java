package io.accesskeys.bench.realm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search after every class finds what it looks for. */
final class LoggedSecretsTest {

  private static final String KEY = "kcpat_0123456789abcdef" + "Ab3".repeat(14) + "x" + "CRC123";
  private static final String IN_URL = "kcpat_0123456789abcdeg" + "Zz9".repeat(14) + "y" + "CRC123";
  private static final String URL_LOGGER = "DEBUG [io.quarkus.vertx.http.runtime.ForwardedParser] ";

  @TempDir private Path folder;

  @BeforeAll
  static void show() {
    ShownSecrets.add(KEY);
    ShownSecrets.add(IN_URL);
    ShownSecrets.sentInUrl(IN_URL);
  }

  private Path log(String text) throws IOException {
    return Files.writeString(folder.resolve("keycloak.log"), text);
  }

  @Test
  void aSecretThatWasShownIsFoundAndNotRepeated() throws IOException {
    assertThat(LoggedSecrets.in(log("INFO fine\nINFO said " + KEY + " aloud\n"), 0))
        .singleElement()
        .asString()
        .contains("said", "<the secret>")
        .doesNotContain("Ab3Ab3");
  }

  @Test
  void whatWasReadBeforeIsNotReadAgain() throws IOException {
    String before = "INFO said " + KEY + "\n";
    assertThat(LoggedSecrets.in(log(before + "INFO fine\n"), before.length())).isEmpty();
  }

  @Test
  void onlyAKeyThatATestSendsInAUrlMayStandInWhatTheServerSaysOfUrlsAtDebug() throws IOException {
    assertThat(LoggedSecrets.in(log("x " + URL_LOGGER + IN_URL + "\n"), 0)).isEmpty();
    assertThat(LoggedSecrets.in(log("x " + URL_LOGGER + KEY + "\n"), 0)).hasSize(1);
    assertThat(LoggedSecrets.in(log("x INFO [somebody] " + IN_URL + "\n"), 0)).hasSize(1);
  }
}
