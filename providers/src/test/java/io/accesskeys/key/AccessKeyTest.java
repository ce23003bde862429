package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AccessKeyTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final SeededRandom RANDOM = new SeededRandom(5);

  private final KeyText current = KeyText.generate("kcpat", RANDOM);
  private final KeyText retiring = KeyText.generate("kcpat", current.id(), RANDOM);
  private final KeyText retired = KeyText.generate("kcpat", current.id(), RANDOM);

  /** Made three times: one secret current, one on its way out, one gone. */
  private final AccessKey key =
      SampleKey.of(
          current,
          SampleKey.goodUntil(Optional.empty()),
          List.of(
              KeySecret.current(3, current, NOW.minusSeconds(1)),
              KeySecret.current(2, retiring, NOW.minusSeconds(2)).retiring(NOW.plusSeconds(60)),
              KeySecret.current(1, retired, NOW.minusSeconds(3)).retiring(NOW.minusSeconds(1))));

  @Nested
  class TheSecretOfAText {

    @Test
    void isFoundWhetherCurrentRetiringOrRetired() {
      assertThat(key.secretOf(current)).contains(key.secrets().get(0));
      assertThat(key.secretOf(retiring)).contains(key.secrets().get(1));
      assertThat(key.secretOf(retired)).contains(key.secrets().get(2));
    }

    @Test
    void isNotFoundForATextThatWasNeverItsOwn() {
      assertThat(key.secretOf(KeyText.generate("kcpat", current.id(), RANDOM))).isEmpty();
    }

    @Test
    void isNotFoundUnderAnAlgorithmWeDoNotKnow() {
      KeySecret foreign =
          new KeySecret(
              1,
              new SecretHash("md5", current.hash().value()),
              "wxyz",
              NOW,
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      AccessKey other =
          SampleKey.of(current, SampleKey.goodUntil(Optional.empty()), List.of(foreign));
      assertThat(other.secretOf(current)).isEmpty();
    }
  }

  @Nested
  class ASecretByNumber {

    @Test
    void isFoundWhileItIsKnown() {
      assertThat(key.secret(3)).contains(key.secrets().get(0));
      assertThat(key.secret(1)).contains(key.secrets().get(2));
    }

    @Test
    void isNotFoundOtherwise() {
      assertThat(key.secret(0)).isEmpty();
      assertThat(key.secret(4)).isEmpty();
    }
  }

  @Nested
  class Secrets {

    @Test
    void newestIsTheCurrentOne() {
      assertThat(key.current().number()).isEqualTo(3);
    }

    @Test
    void retiringOneIsKnownUntilTheInstantItRetires() {
      Instant end = NOW.plusSeconds(60);
      assertThat(key.retiringAt(end.minusNanos(1))).contains(key.secrets().get(1));
      assertThat(key.retiringAt(end)).isEmpty();
      assertThat(key.retiringAt(end.plusNanos(1))).isEmpty();
    }

    @Test
    void firstOrNextSecretIsCurrentFromNowOn() {
      KeySecret secret = KeySecret.current(4, current, NOW);
      assertThat(secret)
          .isEqualTo(
              new KeySecret(
                  4,
                  current.hash(),
                  current.hint(),
                  NOW,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
      assertThat(secret.retiredAt(Instant.MAX)).isFalse();
      assertThat(secret.retiringAt(Instant.MIN)).isFalse();
    }

    @Test
    void retiringSecretIsTheSameButForItsEnd() {
      KeySecret secret = KeySecret.current(4, current, NOW).retiring(NOW.plusSeconds(1));
      assertThat(secret)
          .isEqualTo(
              new KeySecret(
                  4,
                  current.hash(),
                  current.hint(),
                  NOW,
                  Optional.of(NOW.plusSeconds(1)),
                  Optional.empty(),
                  Optional.empty()));
      assertThat(secret.retiredAt(NOW)).isFalse();
      assertThat(secret.retiringAt(NOW)).isTrue();
    }

    @Test
    void theInstantOfRetirementIsOver() {
      KeySecret secret = KeySecret.current(4, current, NOW).retiring(NOW);
      assertThat(secret.retiredAt(NOW)).isTrue();
      assertThat(secret.retiringAt(NOW)).isFalse();
      assertThat(secret.retiredAt(NOW.minusNanos(1))).isFalse();
      assertThat(secret.retiringAt(NOW.minusNanos(1))).isTrue();
    }
  }

  @Nested
  class AKey {

    @Test
    void withoutSecretIsRefused() {
      Validity validity = SampleKey.goodUntil(Optional.empty());
      List<KeySecret> none = List.of();
      assertThatThrownBy(() -> SampleKey.of(current, validity, none))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotChangeWithTheListItWasMadeOf() {
      List<KeySecret> secrets = new ArrayList<>(key.secrets());
      AccessKey made = SampleKey.of(current, key.validity(), secrets);
      secrets.clear();
      assertThat(made.secrets()).isEqualTo(key.secrets());
      assertThatThrownBy(() -> made.secrets().remove(0))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void grantDoesNotChangeWithTheSetItWasMadeOf() {
      Set<String> scopes = new HashSet<>(Set.of("orders:read"));
      Grant grant =
          new Grant(
              "client-1", Grant.Form.FINE_GRAINED, scopes, new ArrayList<>(), new ArrayList<>());
      scopes.add("orders:write");
      assertThat(grant.scopes()).containsExactly("orders:read");
      assertThatThrownBy(() -> grant.scopes().add("orders:write"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> grant.restrictions().add(null))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void bornWithAnExpiryIsGoodUntilThen() {
      Validity.Creation creation = new Validity.Creation(NOW, "creator-1");
      assertThat(Validity.between(creation, Optional.empty(), Optional.of(NOW.plusSeconds(9))))
          .isEqualTo(
              new Validity(
                  creation,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(NOW.plusSeconds(9)),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
    }
  }
}
