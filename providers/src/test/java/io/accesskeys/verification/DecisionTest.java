package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.audit.Denial;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Limits;
import io.accesskeys.model.Partial;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.BrokenRule;
import io.accesskeys.verification.Decision.Objection;
import io.accesskeys.verification.Decision.Refused;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

final class DecisionTest {

  private static final KeyText TEXT = KeyText.generate("kcpat", new SecureRandom());

  @Nested
  class AnAcceptedUse {

    private static final Instant SOON = SampleKey.CREATED.plus(Duration.ofDays(1));

    private Optional<Instant> ends(Optional<Instant> key, Optional<Instant> secret) {
      KeySecret first = KeySecret.current(1, TEXT, SampleKey.CREATED);
      return new Accepted(
              SampleKey.of(TEXT, SampleKey.goodUntil(key)),
              secret.map(first::retiring).orElse(first),
              Partial.of(UserModel.class, (method, arguments) -> Optional.empty()),
              Partial.of(ClientModel.class, (method, arguments) -> Optional.empty()),
              Set.of(),
              List.of())
          .ends(Limits.NONE);
    }

    @Test
    void endsWithTheKeyOrTheSecretWhicheverIsFirst() {
      assertThat(ends(Optional.of(SOON), Optional.of(SampleKey.EXPIRES))).hasValue(SOON);
      assertThat(ends(Optional.of(SampleKey.EXPIRES), Optional.of(SOON))).hasValue(SOON);
    }

    @Test
    void endsWithTheOneThatEndsAtAll() {
      assertThat(ends(Optional.of(SOON), Optional.empty())).hasValue(SOON);
      assertThat(ends(Optional.empty(), Optional.of(SOON))).hasValue(SOON);
      assertThat(ends(Optional.empty(), Optional.empty())).isEmpty();
    }
  }

  @Nested
  class ARefusal {

    @Test
    void ofWhatMayBeNoKeyNamesNone() {
      assertThat(Refused.of(Reason.MALFORMED))
          .isEqualTo(new Refused(Reason.MALFORMED, Optional.empty(), Optional.empty()));
    }

    @Test
    void ofAKeyNamesIt() {
      assertThat(Refused.of(Reason.EXPIRED, "id-1"))
          .isEqualTo(new Refused(Reason.EXPIRED, Optional.of("id-1"), Optional.empty()));
    }

    @Test
    void isAuditedWithAllThatThereIsToSay() {
      Refused refused =
          new Refused(
              Reason.RESTRICTION,
              Optional.of("id-1"),
              Optional.of(new Objection("ip", "address_unknown")));
      assertThat(refused.by("introspection"))
          .isEqualTo(
              new Denial(
                  "introspection",
                  "restriction",
                  Optional.of("id-1"),
                  true,
                  true,
                  Map.of("restriction", "ip", "restriction_reason", "address_unknown")));
    }

    @Test
    void isAuditedWithoutWhatIsNotKnown() {
      assertThat(Refused.of(Reason.UNKNOWN, "made-up").by("exchange"))
          .isEqualTo(
              new Denial("exchange", "unknown", Optional.of("made-up"), false, false, Map.of()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenRuleIsNamedInEvents(ApiClientRule rule) {
    assertThat(new BrokenRule(rule).details())
        .isEqualTo(Map.of("api_client_rule", rule.wireName()));
  }
}
