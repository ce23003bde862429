package io.accesskeys.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.usage.KeyUses.Seen;
import io.accesskeys.usage.KeyUses.SeenType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyUsesTest {

  private static final long NOW = 1_780_000_000_000L;

  private static RefusedUse refused(String reason, long at) {
    return new RefusedUse(at, at, 1, reason, "verify", "203.0.113.0/24", null, false);
  }

  private static RefusedUse reported(String address, long at) {
    return new RefusedUse(at, at, 1, "restriction", "verify", address, "ip", true);
  }

  private static List<RefusedUse> last(List<RefusedUse> uses) {
    KeyUses key = new KeyUses();
    uses.forEach(key::refused);
    return key.refusals();
  }

  @Test
  void theSameSoonAgainIsCounted() {
    List<RefusedUse> loop =
        IntStream.range(0, 1_000).mapToObj(i -> refused("suspended", NOW + i * 59_000L)).toList();
    assertThat(last(loop))
        .containsExactly(
            new RefusedUse(
                NOW,
                NOW + 999 * 59_000L,
                1_000,
                "suspended",
                "verify",
                "203.0.113.0/24",
                null,
                false));
  }

  @Test
  void theSameLaterTakesAPlace() {
    assertThat(last(List.of(refused("suspended", NOW), refused("suspended", NOW + 60_000))))
        .hasSize(2);
  }

  @Test
  void twentyAreKeptAndTheNewestComeFirst() {
    List<RefusedUse> all =
        IntStream.range(0, 25).mapToObj(i -> refused("reason-" + i, NOW + i)).toList();
    assertThat(last(all))
        .hasSize(LastRefusals.MOST)
        .startsWith(refused("reason-24", NOW + 24))
        .endsWith(refused("reason-5", NOW + 5));
  }

  @Test
  void whatIsOnlyReportedPushesNothingOut() {
    KeyUses key = new KeyUses();
    key.refused(refused("suspended", NOW));
    IntStream.range(0, 100).forEach(i -> key.refused(reported("10.0." + i + ".0/24", NOW + i)));
    assertThat(key.refusals()).hasSize(LastRefusals.MOST + 1).contains(refused("suspended", NOW));
  }

  @Test
  void addressesBeyondTwentyAreCountedTogether() {
    KeyUses key = new KeyUses();
    IntStream.range(0, 1_000).forEach(i -> key.saw(SeenType.ADDRESS, "10.0." + i + ".0/24", 7));
    assertThat(key.seen()).hasSize(KeyUses.MOST_ADDRESSES + 1);
    assertThat(key.seen().get(new Seen(SeenType.ADDRESS, KeyUses.OTHERS)).uses).isEqualTo(980);
  }

  @Test
  void whatCouldNotBeWrittenIsAddedToWhatCameSince() {
    KeyUses earlier = new KeyUses();
    earlier.on(7, 1).accepted = 3;
    earlier.saw(SeenType.SCOPE, "orders:read", 7);
    earlier.refused(refused("suspended", NOW));
    KeyUses later = new KeyUses();
    later.on(7, 1).accepted = 4;
    later.on(8, 1).wrong = 2;
    later.saw(SeenType.SCOPE, "orders:read", 8);
    later.refused(refused("expired", NOW + 1));
    KeyUses both = earlier.and(later);
    assertThat(both.on(7, 1).accepted).isEqualTo(7);
    assertThat(both.on(8, 1).wrong).isEqualTo(2);
    KeyUses.Times scope = both.seen().get(new Seen(SeenType.SCOPE, "orders:read"));
    assertThat(scope.first).isEqualTo(7);
    assertThat(scope.last).isEqualTo(8);
    assertThat(scope.uses).isEqualTo(2);
    assertThat(both.refusals())
        .extracting(RefusedUse::reason)
        .containsExactly("expired", "suspended");
  }
}
