package io.accesskeys.bench.realm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.RollSchedule;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** The keys that a realm begins with: imported, since thousands are soon there so. */
public final class SeedKeys {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 100;

  private final TestRealm realm;
  private final String alice;
  private final Instant start;
  private final SecureRandom random = new SecureRandom();
  private ArrayNode rows = JSON.createArrayNode();

  public SeedKeys(TestRealm realm, Instant start) {
    this.realm = realm;
    this.alice = TestRealm.id(realm.user("alice"));
    this.start = start;
  }

  /**
   * A key to begin with.
   *
   * @param due when its first roll is due, if it has a schedule
   * @param deadline the end of that roll's window
   */
  public record Sown(TestKey key, Optional<Instant> due, Optional<Instant> deadline) {}

  public TestRealm realm() {
    return realm;
  }

  /** Makes one up, for {@link #sow} to import. */
  public Sown key(YearKind kind, String name, Optional<RollSchedule> schedule) {
    KeyText text = KeyText.generate(kind.kind().defaultPrefix(), random);
    KeySecret secret = KeySecret.current(1, text, start);
    ObjectNode row =
        rows.addObject()
            .put("id", text.id())
            .put("kind", kind.kind().wireName())
            .put("prefix", kind.kind().defaultPrefix())
            .put("name", name)
            .put("createdAt", start.toString())
            .put("createdBy", alice)
            .put("expiresAt", start.plus(Duration.ofDays(700)).toString())
            .put("version", 1);
    kind.belongings(alice).forEach((member, value) -> row.set(member, JSON.valueToTree(value)));
    row.putArray("restrictions");
    row.putArray("secrets")
        .addObject()
        .put("number", 1)
        .put("algorithm", secret.hash().algorithm())
        .put("hash", secret.hash().value())
        .put("hint", secret.hint())
        .put("createdAt", start.toString());
    schedule.ifPresent(planned -> row.set("roll", JSON.valueToTree(roll(planned))));
    if (rows.size() == PAGE) {
      sow();
    }
    return new Sown(
        new TestKey(text.id(), text.reveal(), 1),
        schedule.flatMap(RollSchedule::first),
        schedule.flatMap(planned -> planned.deadlineAfter(start)));
  }

  private static Map<String, String> roll(RollSchedule planned) {
    return Map.of(
        "every", planned.every().orElseThrow().toString(),
        "firstAt", planned.first().orElseThrow().toString(),
        "window", planned.window().toString(),
        "delivery", planned.delivery());
  }

  /** Imports what was made up since the last time. */
  public void sow() {
    if (rows.isEmpty()) {
      return;
    }
    Reply reply =
        realm.admin("POST", "/access-keys/import?beyondPolicy=keep", rows.toString()).expect(200);
    Assertions.assertThat(reply.json().findValuesAsText("result"))
        .hasSize(rows.size())
        .containsOnly("created");
    rows = JSON.createArrayNode();
  }
}
