package io.accesskeys.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.schedule.RollPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a history tells of a change. */
final class KeyFieldsTest {

  private static final Instant NOW = SampleKey.CREATED.plusSeconds(60);
  private static final KeyFields FIELDS =
      new KeyFields(
          ClientNames.NONE,
          id -> id.startsWith("gone") ? Optional.empty() : Optional.of(id),
          key -> key.validity().revoked().isPresent() ? KeyState.REVOKED : KeyState.ACTIVE,
          NOW);

  private final SeededRandom random = new SeededRandom(SeededRandom.seed());
  private final KeyText text = KeyText.generate("kcpat", random);
  private final AccessKey key = SampleKey.of(text);

  private String changes(AccessKey after) {
    return text(FIELDS.changes(Optional.of(key), after));
  }

  private static String text(List<FieldChange> changes) {
    return changes.stream()
        .map(change -> change.field() + " " + change.before() + " " + change.after())
        .reduce((one, other) -> one + "\n" + other)
        .orElse("");
  }

  private AccessKey with(Label label) {
    return key.with(label, key.grant());
  }

  private AccessKey with(Set<String> scopes, List<JsonNode> details) {
    Grant old = key.grant();
    return key.with(
        key.label(), new Grant(old.clientId(), old.form(), scopes, details, old.restrictions()));
  }

  @Test
  void thereIsNothingToTellOfWhatIsTheSame() {
    assertThat(changes(key)).isEmpty();
    assertThat(changes(key.with(key.label(), key.grant()))).isEmpty();
  }

  @Test
  void aNewKeyIsToldOfWhole() {
    assertThat(text(FIELDS.changes(Optional.empty(), key)))
        .isEqualTo(
            """
            state null "active"
            name null "ci"
            client null "client-1"
            scopes null ["orders:read","orders:write"]
            expiresAt null "2028-01-01T00:00:00Z"
            secret null 1""");
  }

  @Test
  void labelsAreToldOf() {
    Label label = new Label("cd", Optional.of("deploys"), Map.of("b", "2", "a", "1"));
    assertThat(changes(with(label)))
        .isEqualTo(
            """
            name "ci" "cd"
            description null "deploys"
            metadata null {"a":"1","b":"2"}""");
    assertThat(text(FIELDS.changes(Optional.of(with(label)), key)))
        .isEqualTo(
            """
            name "cd" "ci"
            description "deploys" null
            metadata {"a":"1","b":"2"} null""");
  }

  @Test
  void aScopeWithoutANameIsToldOfByItsId() {
    assertThat(changes(with(Set.of("gone-1", "orders:read"), List.of())))
        .isEqualTo("scopes [\"orders:read\",\"orders:write\"] [\"gone-1\",\"orders:read\"]");
    assertThat(changes(with(Set.of(), List.of())))
        .isEqualTo("scopes [\"orders:read\",\"orders:write\"] null");
  }

  @Test
  void aScheduleIsToldOf() {
    RollSchedule schedule =
        new RollSchedule(
            Optional.of(Period.ofDays(30)), Optional.of(NOW), Duration.ofDays(7), "pickup");
    assertThat(changes(key.scheduled(Optional.of(schedule))))
        .isEqualTo(
            "roll null {\"every\":\"P30D\",\"at\":\"2027-01-01T00:01:00Z\",\"overlap\":\"PT168H\","
                + "\"delivery\":\"pickup\"}");
  }

  @Test
  void aRollIsToldOfByNumberAndDatesAndByNothingOfTheSecret() {
    KeyText next = KeyText.generate("kcpat", key.id(), random);
    AccessKey rolled = RollPlan.roll(key, next, Duration.ofHours(1), NOW);
    assertThat(changes(rolled)).isEqualTo("secret 1 2\nretiresAt null \"2027-01-01T01:01:00Z\"");
    assertThat(text(FIELDS.changes(Optional.empty(), rolled)))
        .doesNotContain(next.hint(), text.hint());
  }

  @Test
  void aRevocationIsToldOfByTheState() {
    Validity old = key.validity();
    Validity revoked =
        new Validity(
            old.created(),
            old.renewed(),
            old.notBefore(),
            old.expires(),
            old.suspended(),
            old.exposed(),
            Optional.of(new Revocation(NOW, Optional.of("left"))),
            old.removed());
    assertThat(changes(key.with(revoked))).isEqualTo("state \"active\" \"revoked\"");
  }

  /** In JSON a text has two characters more than it is long. */
  @ParameterizedTest
  @ValueSource(ints = {KeyFields.LONGEST_VALUE - 2, KeyFields.LONGEST_VALUE - 1, 9_000})
  void ofALongValueTheBeginningIsKept(int length) {
    String shown =
        FIELDS
            .changes(
                Optional.of(key), with(new Label("ci", Optional.of("x".repeat(length)), Map.of())))
            .get(0)
            .after()
            .textValue();
    if (length + 2 <= KeyFields.LONGEST_VALUE) {
      assertThat(shown).hasSize(length).endsWith("x");
    } else {
      assertThat(shown).hasSize(KeyFields.LONGEST_VALUE + 1).startsWith("\"x").endsWith("x…");
    }
  }

  @Test
  void noCharacterIsCutInTwo() {
    for (String before : List.of("", "y")) {
      JsonNode detail =
          JsonNodeFactory.instance.objectNode().put("type", before + "😀".repeat(4_000));
      String shown =
          FIELDS
              .changes(Optional.of(key), with(key.grant().scopes(), List.of(detail)))
              .get(0)
              .after()
              .textValue();
      assertThat(shown).endsWith("😀…");
    }
  }
}
