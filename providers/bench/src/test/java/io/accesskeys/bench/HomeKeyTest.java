package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeKeyTest {

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void writeJar() throws IOException {
    jar = Files.writeString(folder.resolve("keys.jar"), "first");
  }

  @Test
  void sameInputGivesTheSameKey() {
    assertThat(key("26.7.3", "--db=dev-mem")).isEqualTo(key("26.7.3", "--db=dev-mem"));
  }

  @Test
  void anotherReleaseGivesAnotherKey() {
    assertThat(key("26.7.1", "--db=dev-mem")).isNotEqualTo(key("26.7.3", "--db=dev-mem"));
  }

  @Test
  void anotherBuildOptionGivesAnotherKey() {
    assertThat(key("26.7.3", "--db=postgres")).isNotEqualTo(key("26.7.3", "--db=dev-mem"));
  }

  @Test
  void otherBytesInTheJarGiveAnotherKey() throws IOException {
    HomeKey before = key("26.7.3");
    Files.writeString(jar, "second");
    assertThat(key("26.7.3")).isNotEqualTo(before);
  }

  @Test
  void optionsDoNotRunIntoEachOther() {
    assertThat(key("26.7.3", "ab", "c")).isNotEqualTo(key("26.7.3", "a", "bc"));
  }

  private HomeKey key(String version, String... options) {
    return HomeKey.of(version, List.of(jar), List.of(options));
  }
}
