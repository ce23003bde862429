package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.it.gateway.Situation.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code docs/conformance.md}: what was answered, situation by situation and way by way. */
final class ConformanceTable {

  private static final Path DOCUMENT = Checkout.root().resolve("providers/docs/conformance.md");
  private static final String FIRST_LINE = "| the key |";
  private static final String COMMAND =
      "mvn -pl themes,providers verify -Dit.test=ConformanceIT -Dkeycloak.version=26.7.3"
          + " -Dconformance.write";

  private final Map<Situation, List<String>> rows = new LinkedHashMap<>();
  private final Set<Why> reasons = EnumSet.noneOf(Why.class);

  void add(Situation situation, EntryPoint way, Optional<Boolean> answer) {
    List<String> cells = rows.computeIfAbsent(situation, unused -> new ArrayList<>());
    Why why = situation.others().get(way);
    if (why != null && answer.isPresent()) {
      reasons.add(why);
    }
    cells.add(
        answer
            .map(lets -> (lets ? "**yes**" : "no") + (why == null ? "" : " " + why.mark()))
            .orElse(""));
  }

  /** The document has this table: writes it with {@code -Dconformance.write}, else compares. */
  void assertShipped() throws IOException {
    String document = Files.readString(DOCUMENT);
    String shipped = document.substring(document.indexOf(FIRST_LINE));
    if (System.getProperty("conformance.write") != null) {
      Files.writeString(DOCUMENT, document.replace(shipped, text()));
      return;
    }
    assertThat(shipped)
        .as("%s is not what was seen. To write what is: %s", DOCUMENT, COMMAND)
        .isEqualTo(text());
  }

  private String text() {
    String head =
        FIRST_LINE
            + Arrays.stream(EntryPoint.values())
                .map(way -> " " + way.title() + " |")
                .collect(Collectors.joining())
            + "\n|"
            + "---|".repeat(EntryPoint.values().length + 1)
            + "\n";
    String table =
        rows.entrySet().stream()
            .map(
                row ->
                    "| "
                        + row.getKey().name()
                        + " | "
                        + String.join(" | ", row.getValue())
                        + " |\n")
            .collect(Collectors.joining());
    String notes =
        reasons.stream()
            .map(why -> why.mark() + " " + why.text() + "\n")
            .collect(Collectors.joining("\n"));
    return head + table + "\n" + notes;
  }
}
