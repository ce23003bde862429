package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.SampleKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.restriction.Facts;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionTypeFactory;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.Verdict;
import io.accesskeys.restriction.Verdict.Denied;
import io.accesskeys.verification.Decision.Objection;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ObjectionsTest {

  private static final KeyText TEXT = KeyText.generate("kcpat", new SecureRandom());
  private static final Restriction FINE = new Says("fine", Verdict.ALLOWED);
  private static final Restriction FIRST = new Says("first", new Denied("too_early"));
  private static final Restriction SECOND = new Says("second", new Denied("too_late"));

  /** Says the same of every request; of a type that knows no modes. */
  private record Says(String type, Verdict verdict) implements Restriction, RestrictionTypeFactory {

    @Override
    public String getId() {
      return type;
    }

    @Override
    public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
      assertThat(json.size()).isEqualTo(1);
      return this;
    }

    @Override
    public boolean deterrent() {
      return false;
    }

    @Override
    public JsonNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    @Override
    public Verdict allows(RequestFacts facts) {
      return verdict;
    }

    @Override
    public String summary() {
      return type;
    }
  }

  private static Restriction reporting(Restriction enforced) {
    return Restrictions.of(List.of((Says) enforced))
        .read("[{\"mode\":\"report\",\"type\":\"%s\"}]".formatted(enforced.type()))
        .get(0);
  }

  private static Objections to(Restriction... restrictions) {
    return Objections.of(
        SampleRealm.restricted(SampleKey.of(TEXT), List.of(restrictions)),
        Facts.by(Optional.empty()));
  }

  @Test
  void refuseByTheFirstRestrictionThatDenies() {
    assertThat(to(FIRST).enforced()).hasValue(new Objection("first", "too_early"));
    assertThat(to(FINE, SECOND).enforced()).hasValue(new Objection("second", "too_late"));
    assertThat(to(FINE, FIRST, SECOND).enforced()).hasValue(new Objection("first", "too_early"));
  }

  @Test
  void areNotThereIfNoneDenies() {
    assertThat(to()).isEqualTo(new Objections(Optional.empty(), List.of()));
    assertThat(to(FINE, reporting(FINE))).isSameAs(to());
  }

  @Test
  void ofRestrictionsThatOnlyReportAreAllReportedAndRefuseNothing() {
    assertThat(to(reporting(FIRST), FINE, reporting(SECOND)))
        .isEqualTo(
            new Objections(
                Optional.empty(),
                List.of(new Objection("first", "too_early"), new Objection("second", "too_late"))));
  }

  @Test
  void ofARefusedRequestAreNotReported() {
    assertThat(to(reporting(FIRST), SECOND))
        .isEqualTo(new Objections(Optional.of(new Objection("second", "too_late")), List.of()));
  }
}
