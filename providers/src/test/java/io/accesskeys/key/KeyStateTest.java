package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyStateTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final KeyText CURRENT = KeyText.generate("kcpat", new SeededRandom(1));
  private static final KeyText FORMER =
      KeyText.generate("kcpat", CURRENT.id(), new SeededRandom(2));

  /** Each column is an instant, in nanoseconds from now; no number means none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # not before | expires | suspended | exposed | revoked | former secret retires | state
                       |         |           |         |         |                       | ACTIVE
                       |       1 |           |         |         |                       | ACTIVE
                       |       0 |           |         |         |                       | EXPIRED
                       |      -1 |           |         |         |                       | EXPIRED
                    -1 |         |           |         |         |                       | ACTIVE
                     0 |         |           |         |         |                       | ACTIVE
                     1 |         |           |         |         |                       | PENDING
                    -1 |       1 |           |         |         |                       | ACTIVE
                       |         |           |         |         |                     1 | ROLLING
                       |         |           |         |         |                     0 | ACTIVE
                       |         |           |         |         |                    -1 | ACTIVE
                     0 |       1 |           |         |         |                     1 | ROLLING
                     1 |         |           |         |         |                     1 | PENDING
                       |       0 |           |         |         |                     1 | EXPIRED
                       |         |        -1 |         |         |                       | SUSPENDED
                       |         |         0 |         |         |                       | SUSPENDED
                       |         |        -1 |         |         |                     1 | SUSPENDED
                     1 |         |        -1 |         |         |                       | SUSPENDED
                       |       0 |        -1 |         |         |                       | EXPIRED
                     2 |       0 |           |         |         |                       | EXPIRED
                       |         |           |      -1 |         |                       | EXPOSED
                       |         |           |      -1 |         |                     1 | EXPOSED
                       |       0 |           |      -1 |         |                       | EXPOSED
                       |         |        -1 |      -1 |         |                       | EXPOSED
                     1 |         |           |      -1 |         |                       | EXPOSED
                       |         |           |         |      -1 |                       | REVOKED
                       |         |           |         |       0 |                     1 | REVOKED
                       |      -1 |           |         |      -1 |                       | REVOKED
                       |         |        -1 |         |      -1 |                       | REVOKED
                       |         |           |      -1 |      -1 |                       | REVOKED
                     1 |         |           |         |      -1 |                       | REVOKED
                     1 |      -1 |        -1 |      -1 |      -1 |                     1 | REVOKED
          """)
  void stateFollowsFromTheRow(
      Long notBefore,
      Long expires,
      Long suspended,
      Long exposed,
      Long revoked,
      Long retires,
      KeyState state) {
    assertThat(
            key(
                    validity(notBefore, expires, suspended, exposed, revoked),
                    Optional.ofNullable(retires))
                .stateAt(NOW, Limits.NONE))
        .isEqualTo(state);
  }

  @Test
  void strongestFactWinsInEveryCombination() {
    Long[] choices = {null, -1L, 0L, 1L};
    int combinations = 0;
    for (int i = 0; i < 1 << 12; i++) {
      Long notBefore = choices[i & 3];
      Long expires = choices[i >> 2 & 3];
      Long suspended = choices[i >> 4 & 3];
      Long exposed = choices[i >> 6 & 3];
      Long revoked = choices[i >> 8 & 3];
      Long retires = choices[i >> 10 & 3];
      KeyState strongest =
          Stream.of(
                  when(revoked != null, KeyState.REVOKED),
                  when(exposed != null, KeyState.EXPOSED),
                  when(expires != null && expires <= 0, KeyState.EXPIRED),
                  when(suspended != null, KeyState.SUSPENDED),
                  when(notBefore != null && notBefore > 0, KeyState.PENDING),
                  when(retires != null && retires > 0, KeyState.ROLLING))
              .flatMap(Optional::stream)
              .findFirst()
              .orElse(KeyState.ACTIVE);
      AccessKey key =
          key(
              validity(notBefore, expires, suspended, exposed, revoked),
              Optional.ofNullable(retires));
      assertThat(key.stateAt(NOW, Limits.NONE)).as("%s", key).isEqualTo(strongest);
      combinations++;
    }
    assertThat(combinations).isEqualTo(4096);
  }

  @Test
  void lifeOfAKeyNeedsNoJob() {
    Validity validity = validity(10L, 40L, null, null, null);
    AccessKey key = key(validity, Optional.of(30L));
    assertThat(
            Stream.of(9, 10, 29, 30, 39, 40).map(at -> key.stateAt(NOW.plusNanos(at), Limits.NONE)))
        .containsExactly(
            KeyState.PENDING,
            KeyState.ROLLING,
            KeyState.ROLLING,
            KeyState.ACTIVE,
            KeyState.ACTIVE,
            KeyState.EXPIRED);
  }

  @ParameterizedTest
  @EnumSource
  void onlyActiveAndRollingKeysAreUsable(KeyState state) {
    assertThat(state.usable()).isEqualTo(state == KeyState.ACTIVE || state == KeyState.ROLLING);
  }

  @Test
  void wireNamesNeverChange() {
    assertThat(Stream.of(KeyState.values()).map(KeyState::wireName))
        .containsExactly(
            "pending", "active", "rolling", "suspended", "expired", "revoked", "exposed");
  }

  private static Optional<KeyState> when(boolean fact, KeyState state) {
    return fact ? Optional.of(state) : Optional.empty();
  }

  private static AccessKey key(Validity validity, Optional<Long> retires) {
    KeySecret current = KeySecret.current(2, CURRENT, SampleKey.CREATED);
    KeySecret former = KeySecret.current(1, FORMER, SampleKey.CREATED);
    return SampleKey.of(
        CURRENT,
        validity,
        retires
            .map(nanos -> List.of(current, former.retiring(NOW.plusNanos(nanos))))
            .orElse(List.of(current)));
  }

  private static Validity validity(
      Long notBefore, Long expires, Long suspended, Long exposed, Long revoked) {
    return new Validity(
        new Validity.Creation(SampleKey.CREATED, "creator-1"),
        Optional.empty(),
        at(notBefore),
        at(expires),
        at(suspended).map(at -> new Validity.Suspension(at, "owner-1", ActorKind.OWNER)),
        at(exposed),
        at(revoked).map(at -> new Validity.Revocation(at, Optional.empty())),
        Optional.empty());
  }

  private static Optional<Instant> at(Long nanosFromNow) {
    return Optional.ofNullable(nanosFromNow).map(NOW::plusNanos);
  }
}
