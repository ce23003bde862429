package io.accesskeys.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of this machine. */
final class Tools {

  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private Tools() {}

  /** Finds a program on the PATH, or where servers lie that are not on everybody's. */
  static Optional<Path> find(String tool) {
    Stream<String> path =
        Optional.ofNullable(System.getenv("PATH")).stream().flatMap(SEPARATOR::splitAsStream);
    return Stream.concat(path, Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, tool))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
