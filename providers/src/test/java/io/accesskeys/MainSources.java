package io.accesskeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the jar, for the tests that guard them. Surefire runs in the module's folder. */
final class MainSources {

  static final Path JAVA = Path.of("src/main/java");
  static final Path RESOURCES = Path.of("src/main/resources");

  /** A Java file and what is in it. */
  record Source(Path path, String text) {

    /** Without {@code io.accesskeys}; empty for that package itself. */
    String packageName() {
      String full = JAVA.relativize(path.getParent()).toString().replace('\\', '/');
      return full.replace('/', '.').replaceFirst("^io\\.accesskeys\\.?", "");
    }

    String className() {
      return JAVA.relativize(path)
          .toString()
          .replace('\\', '/')
          .replace('/', '.')
          .replaceFirst("\\.java$", "");
    }
  }

  private MainSources() {}

  /** All of them; never none. */
  static List<Source> all() {
    try (Stream<Path> files = Files.walk(JAVA.resolve("io/accesskeys"))) {
      List<Source> sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .map(file -> new Source(file, read(file)))
              .toList();
      if (sources.size() < 50) {
        throw new AssertionError("Only " + sources.size() + " sources in " + JAVA.toAbsolutePath());
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
