package io.accesskeys.ascode;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table that configuration-as-code.md shows, as it is written there. */
final class CarriedTable {

  static final Path PAGE = Checkout.root().resolve("realm-config/configuration-as-code.md");

  private static final String FIRST_HEADING = "what";

  private final List<String> headings;
  private final List<List<String>> rows;

  private CarriedTable(List<String> headings, List<List<String>> rows) {
    this.headings = headings;
    this.rows = rows;
  }

  static CarriedTable read() {
    try {
      List<List<String>> table =
          Files.readAllLines(PAGE).stream()
              .dropWhile(line -> !line.startsWith("| " + FIRST_HEADING + " |"))
              .takeWhile(line -> line.startsWith("|"))
              .map(CarriedTable::cells)
              .toList();
      return new CarriedTable(table.get(0), table.subList(2, table.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("No page " + PAGE, e);
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  List<String> tools() {
    return headings.subList(1, headings.size());
  }

  /** What the page says of the tool with this heading. */
  Map<Carried, String> column(String heading) {
    int column = headings.indexOf(heading);
    if (column < 1) {
      throw new AssertionError("No column " + heading + " in " + headings);
    }
    Map<Carried, String> cells = new EnumMap<>(Carried.class);
    rows.forEach(row -> cells.put(Carried.of(row.get(0)), row.get(column)));
    return cells;
  }
}
