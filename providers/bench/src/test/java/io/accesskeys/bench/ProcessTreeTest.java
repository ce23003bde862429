package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProcessTreeTest {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private Process root;

  @BeforeEach
  void startShellWithChild() throws IOException {
    root = new ProcessBuilder("/bin/sh", "-c", "sleep 300; true").start();
    assertThat(Waiting.until(() -> root.children().findAny().isPresent(), GRACE)).isTrue();
  }

  @AfterEach
  void endIt() {
    new ProcessTree(root.toHandle()).end(GRACE);
  }

  @Test
  void childrenComeBeforeTheirParent() {
    List<ProcessHandle> tree = ProcessTree.deepestFirst(root.toHandle()).toList();
    assertThat(tree).hasSize(2).endsWith(root.toHandle());
  }

  @Test
  void endLeavesNobody() {
    List<ProcessHandle> tree = ProcessTree.deepestFirst(root.toHandle()).toList();
    new ProcessTree(root.toHandle()).end(GRACE);
    assertThat(tree).allMatch(ProcessTree::hasEnded);
  }
}
