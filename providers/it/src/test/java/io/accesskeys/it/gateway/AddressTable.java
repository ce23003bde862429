package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A table of {@code docs/addresses.md}: what Keycloak makes of a header, and what we do. */
final class AddressTable {

  private static final Path DOCUMENT = Checkout.root().resolve("providers/docs/addresses.md");

  private AddressTable() {}

  /**
   * One row.
   *
   * @param lines how often the header is sent, and with which values
   * @param expected the other cells; one if Keycloak never answers
   */
  record Row(List<String> lines, List<String> expected) {}

  /** The rows under the column of this header. */
  static List<Row> of(String header) {
    try {
      List<Row> rows =
          Files.readAllLines(DOCUMENT).stream()
              .dropWhile(line -> !line.startsWith("| " + header + " |"))
              .takeWhile(line -> line.startsWith("|"))
              .skip(2)
              .map(AddressTable::row)
              .toList();
      assertThat(rows).hasSizeGreaterThan(20);
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    List<String> cells =
        Arrays.stream(line.substring(1).split("\\|", -1))
            .map(cell -> cell.replace("`", "").strip())
            .toList();
    List<String> lines =
        cells.get(0).equals("none")
            ? List.of()
            : Arrays.stream(cells.get(0).split("<br>", -1))
                .map(value -> value.equals("(empty)") ? "" : value)
                .toList();
    return new Row(
        lines, cells.subList(1, cells.size()).stream().filter(c -> !c.isEmpty()).toList());
  }
}
