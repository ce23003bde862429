package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardedProcessTest {

  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  void exitCodeIsThatOfTheCommand() {
    try (GuardedProcess process = shell("exit 7")) {
      assertThat(process.exitCode(SOON)).isEqualTo(7);
    }
  }

  @Test
  void argumentsAreNotReadByTheShellAroundIt() {
    ProcessBuilder builder = new ProcessBuilder("test", "a  $b", "=", "a  $b");
    try (GuardedProcess process = GuardedProcess.start(builder)) {
      assertThat(process.exitCode(SOON)).isZero();
    }
  }

  @Test
  void closingEndsAllDescendants() {
    GuardedProcess process = shell("sleep 300 & sleep 300; true");
    Set<ProcessHandle> sleeping = sleeping(process, 2);
    process.close();
    assertThat(sleeping).allMatch(ProcessTree::hasEnded);
  }

  @Test
  void deathOfTheJvmEndsIt() throws IOException {
    try (GuardedProcess process = shell("exec sleep 300")) {
      Set<ProcessHandle> sleeping = sleeping(process, 1);
      process.abandon();
      assertThat(Waiting.until(() -> sleeping.stream().allMatch(ProcessTree::hasEnded), SOON))
          .isTrue();
    }
  }

  @Test
  void whoIgnoresSigtermIsKilled() {
    GuardedProcess process = shell("trap '' TERM; while true; do sleep 1; done");
    Set<ProcessHandle> sleeping = sleeping(process, 1);
    List<ProcessHandle> all = ProcessTree.deepestFirst(process.handle()).toList();
    new ProcessTree(process.handle()).end(Duration.ofSeconds(2));
    assertThat(all).containsAll(sleeping).allMatch(ProcessTree::hasEnded);
    process.close();
  }

  private GuardedProcess shell(String script) {
    return GuardedProcess.start(
        new ProcessBuilder("/bin/sh", "-c", script).directory(folder.toFile()));
  }

  private static Set<ProcessHandle> sleeping(GuardedProcess process, int count) {
    assertThat(Waiting.until(() -> sleeping(process).size() == count, SOON)).isTrue();
    return sleeping(process);
  }

  private static Set<ProcessHandle> sleeping(GuardedProcess process) {
    return ProcessTree.deepestFirst(process.handle())
        .filter(handle -> handle.info().command().orElse("").endsWith("sleep"))
        .collect(Collectors.toSet());
  }
}
