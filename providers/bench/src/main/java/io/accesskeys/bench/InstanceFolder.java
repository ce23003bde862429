package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one server writes to: its data and its logs. The rest is linked to the built home, which
 * therefore serves any number of servers at once.
 */
record InstanceFolder(Path path) {

  private static final int KEPT = 10;
  private static final String PREFIX = "run-";

  /** Makes an empty one; the logs of the last few ended servers stay, older ones go. */
  static InstanceFolder create(Path homes) {
    try {
      Files.createDirectories(homes);
      prune(homes);
      return new InstanceFolder(
          Files.createTempDirectory(homes, PREFIX + ProcessHandle.current().pid() + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make a folder for a server in " + homes, e);
    }
  }

  /** Makes it a home to start from: that one's programs, these realms to import. */
  InstanceFolder linkedTo(Path home, List<Path> realms) {
    try {
      for (String shared : List.of("lib", "conf", "providers", "themes")) {
        Folders.link(path.resolve(shared), home.resolve(shared));
      }
      Folders.copyInto(path.resolve("data/import"), realms);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not link " + path + " to " + home, e);
    }
  }

  Path log() {
    return path.resolve("keycloak.log");
  }

  Path console() {
    return path.resolve("console.log");
  }

  /** One JVM does it at a time; the other goes on, since there is nothing left for it to do. */
  private static synchronized void prune(Path homes) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                homes.resolve("prune.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        deleteOld(homes);
      }
    }
  }

  private static void deleteOld(Path homes) throws IOException {
    try (Stream<Path> folders = Files.list(homes)) {
      folders
          .filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
          .sorted(Comparator.comparing((Path folder) -> folder.toFile().lastModified()).reversed())
          .skip(KEPT)
          .filter(folder -> !isInUse(folder))
          .forEach(Folders::delete);
    }
  }

  private static boolean isInUse(Path folder) {
    long jvm = Long.parseLong(folder.getFileName().toString().split("-", 3)[1]);
    Optional<ProcessHandle> owner = ProcessHandle.of(jvm);
    return owner.map(ProcessHandle::isAlive).orElse(false);
  }
}
