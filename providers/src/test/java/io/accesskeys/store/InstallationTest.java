package io.accesskeys.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.Version;

final class InstallationTest {

  @Test
  void theOldestKeycloakIsTheOneThatTheJarWasCompiledAgainst() {
    assertThat(Installation.OLDEST_KEYCLOAK).isEqualTo(Version.VERSION);
    assertThatCode(Installation::require).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"25.0.6", "26.0.0", "26.6.9", "26.7.0", "26.7.0.redhat-00002"})
  void anOlderKeycloakIsRefused(String version) {
    assertThatThrownBy(() -> Installation.requireKeycloak(version))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs Keycloak 26.7.1 or later, and this is " + version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"26.7.1", "26.7.1.redhat-00001", "26.7.3", "26.8.0", "27.0.0", "999.0.0-SNAPSHOT"})
  void aLaterKeycloakIsNot(String version) {
    assertThatCode(() -> Installation.requireKeycloak(version)).doesNotThrowAnyException();
  }

  @Test
  void twoJarsAreRefusedByTheirNames() throws MalformedURLException {
    URL old = changelog("access-keys-1.2.0.jar");
    URL current = changelog("access-keys-1.3.0.jar");
    assertThatCode(() -> Installation.requireOne(List.of(old, old))).doesNotThrowAnyException();
    assertThatThrownBy(() -> Installation.requireOne(List.of(current, old)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/providers/access-keys-1.2.0.jar")
        .hasMessageContaining("/providers/access-keys-1.3.0.jar")
        .hasMessageNotContaining("META-INF");
  }

  private static URL changelog(String jar) throws MalformedURLException {
    return new URL("jar:file:/opt/keycloak/providers/" + jar + "!/" + StoreEntities.CHANGELOG);
  }
}
