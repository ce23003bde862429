package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the bench does to files and folders. */
final class Folders {

  private static final int TAIL = 60;

  private Folders() {}

  /** Deletes the folder with all in it; links go, what they point to stays. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + folder, e);
    }
  }

  /** Copies the files into the folder, which is made when missing. */
  static void copyInto(Path folder, List<Path> files) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
  }

  /** Links to the target by the way there, so that both may move together. */
  static void link(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, link.getParent().relativize(target));
  }

  /** Makes a folder whose files are those of the target. */
  static void linkFiles(Path folder, Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      for (Path path : all.toList()) {
        Path link = folder.resolve(target.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(link);
        } else {
          Files.createLink(link, path);
        }
      }
    }
  }

  /** The last lines of a text file, for a message; empty when there is no such file. */
  static String tail(Path file) {
    if (!Files.exists(file)) {
      return "";
    }
    List<String> all = lines(file);
    return String.join("\n", all.subList(Math.max(0, all.size() - TAIL), all.size()));
  }

  /** The errors in a server's log: what else it says afterwards may be longer than its tail. */
  static String errors(Path log) {
    if (!Files.exists(log)) {
      return "";
    }
    return lines(log).stream()
        .filter(line -> line.contains(" ERROR "))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }
}
