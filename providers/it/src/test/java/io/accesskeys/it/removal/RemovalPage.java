package io.accesskeys.it.removal;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tables of {@code docs/removals.md}, which say what becomes of keys. */
final class RemovalPage {

  static final Path FILE = Checkout.root().resolve("providers/docs/removals.md");

  private RemovalPage() {}

  /**
   * A row.
   *
   * @param what the first cell
   * @param outcomes what a key does at once, then after each further step; a cell that says nothing
   *     is not among them
   * @param test the last cell, without its quotes
   */
  record Row(String what, List<String> outcomes, String test) {}

  /** The rows of all tables whose last column is {@code test}. */
  static List<Row> rows() {
    try (Stream<String> lines = Files.lines(FILE)) {
      return lines
          .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
          .map(RemovalPage::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    List<String> cells =
        Stream.of(line.substring(1, line.length() - 1).split("\\|")).map(String::strip).toList();
    return new Row(
        cells.get(0),
        cells.subList(1, cells.size() - 1).stream()
            .map(cell -> cell.replaceFirst("[,;:(].*", "").strip())
            .filter(cell -> !cell.isEmpty())
            .toList(),
        cells.get(cells.size() - 1).replace("`", ""));
  }
}
