package io.accesskeys.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of this machine. */
final class Tools {

  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private Tools() {}

  /**
   * Finds a program on the PATH, or where servers lie that are not on everybody's; a name that ends
   * with {@code .so} is a module of Apache httpd.
   */
  static Optional<Path> find(String tool) {
    if (tool.endsWith(".so")) {
      return Optional.of(Path.of("/usr/lib/apache2/modules", tool)).filter(Files::isRegularFile);
    }
    Stream<String> path =
        Optional.ofNullable(System.getenv("PATH")).stream().flatMap(SEPARATOR::splitAsStream);
    return Stream.of(path, Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"), postgresql())
        .flatMap(folders -> folders)
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, tool))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** Debian keeps each release of PostgreSQL in a folder of its own; the newest first. */
  private static Stream<String> postgresql() {
    Path releases = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(releases)) {
      return Stream.empty();
    }
    try (Stream<Path> folders = Files.list(releases)) {
      return folders
          .sorted(Comparator.reverseOrder())
          .map(release -> release.resolve("bin").toString())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
