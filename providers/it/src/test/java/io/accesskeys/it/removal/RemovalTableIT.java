package io.accesskeys.it.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.removal.RemovalPage.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays the rows of {@code docs/removals.md}: what is removed, disabled and renamed. */
class RemovalTableIT {

  private static final String NAME = "removal-table";

  private static final Map<String, Stage> STAGES = new LinkedHashMap<>();
  private static TestRealm realm;

  @BeforeAll
  static void create() throws IOException {
    ObjectNode file = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped(NAME));
    file.put("organizationsEnabled", true);
    for (String what : Scenarios.names()) {
      Stage stage = new Stage("row" + STAGES.size());
      stage.writeTo(file);
      STAGES.put(what, stage);
    }
    realm = TestRealm.imported(NAME, file.toString());
    STAGES.values().forEach(stage -> stage.enter(realm));
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @TestFactory
  Stream<DynamicTest> asThePageSays() {
    List<Row> rows =
        RemovalPage.rows().stream().filter(row -> row.test().equals("RemovalTableIT")).toList();
    assertThat(rows.stream().map(Row::what))
        .as("the rows of the page and those that are played")
        .containsExactlyInAnyOrderElementsOf(Scenarios.names());
    return rows.stream().map(row -> dynamicTest(row.what(), () -> play(row)));
  }

  private static void play(Row row) {
    Scenario scenario = Scenarios.all().get(row.what());
    Stage stage = STAGES.get(row.what());
    scenario.prepare(stage);
    List<String> seen = new ArrayList<>(List.of(scenario.before(stage)));
    seen.addAll(scenario.play(stage));
    List<String> told = new ArrayList<>(List.of("accepted"));
    told.addAll(row.outcomes());
    assertThat(seen).isEqualTo(told);
  }
}
