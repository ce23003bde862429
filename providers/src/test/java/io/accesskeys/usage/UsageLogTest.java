package io.accesskeys.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.store.KeyStore;
import io.accesskeys.usage.UsageLog.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

final class UsageLogTest {

  private static final Instant NOW = Instant.parse("2026-11-30T23:59:59Z");
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

  private final SampleRealm realm = new SampleRealm();
  private final PendingUses pending = new PendingUses();
  private final Stored key = realm.key(KeyKind.PERSONAL_ACCESS_TOKEN);

  private void use(Set<String> named, String from, Instant at) {
    realm.change(
        (session, in) ->
            new UsageLog(session, pending)
                .accepted(
                    found(session, in),
                    new Use(1, "verify", named, Optional.of(from), List.of(), at)));
  }

  private AccessKey found(KeycloakSession session, RealmModel in) {
    return session.getProvider(KeyStore.class).find(in, key.id()).orElseThrow();
  }

  private void flush() {
    realm.change(
        (session, in) -> new UsageWriter(session.getKeycloakSessionFactory(), pending).flush());
  }

  private UsedKey written() {
    return realm.ask((session, in) -> new UsageLog(session, pending).of(found(session, in)));
  }

  @Test
  void usesAreWrittenByDayAndAddedUp() {
    use(Set.of("orders:read"), "203.0.113.9", NOW);
    use(Set.of(), "203.0.113.10", NOW);
    flush();
    use(Set.of(), "198.51.100.1", NOW);
    use(Set.of(), "198.51.100.1", NOW.plusSeconds(1));
    assertThat(pending.take()).hasSize(1).allSatisfy(pending::putBack);
    flush();
    UsedKey used = written();
    assertThat(used.days())
        .containsExactly(
            new UsedKey.Day(TODAY, 3, 2, 0, 0, 0, Map.of(1, 3L)),
            new UsedKey.Day(TODAY.plusDays(1), 1, 1, 0, 0, 0, Map.of(1, 1L)));
    assertThat(used.scopes()).containsExactly(new UsedKey.Seen("orders:read", TODAY, TODAY, 1));
    assertThat(used.addresses())
        .containsExactly(
            new UsedKey.Seen("198.51.100.0/24", TODAY, TODAY.plusDays(1), 2),
            new UsedKey.Seen("203.0.113.0/24", TODAY, TODAY, 2));
    assertThat(used.entryPoints())
        .containsExactly(new UsedKey.Seen("verify", TODAY, TODAY.plusDays(1), 4));
  }

  @Test
  void anAddressThatWasNotSeenForAMonthGivesWay() {
    Instant before = NOW.minus(Duration.ofDays(40));
    IntStream.range(0, 20).forEach(i -> use(Set.of(), "10.0." + i + ".1", before));
    flush();
    use(Set.of(), "203.0.113.9", NOW.minus(Duration.ofDays(39)));
    flush();
    assertThat(written().otherAddresses()).isEqualTo(1);
    use(Set.of(), "203.0.113.9", NOW);
    flush();
    assertThat(written().addresses())
        .hasSize(20)
        .extracting(UsedKey.Seen::name)
        .contains("203.0.113.0/24");
  }

  @Test
  void wrongSecretsArePutIntoNoList() {
    String realmId = realm.ask((session, in) -> in.getId());
    realm.change(
        (session, in) -> {
          UsageLog log = new UsageLog(session, pending);
          IntStream.range(0, 10_000).forEach(i -> log.wrongSecret(realmId, key.id(), NOW));
        });
    flush();
    assertThat(written().days().get(0).wrongSecrets()).isEqualTo(10_000);
    assertThat(written().refusals()).isEmpty();
  }

  @Test
  void usesOfAKeyThatIsGoneAreForgotten() {
    String realmId = realm.ask((session, in) -> in.getId());
    realm.change(
        (session, in) ->
            new UsageLog(session, pending).wrongSecret(realmId, "aaaaaaaaaaaaaaaa", NOW));
    flush();
    assertThat(pending.take()).isEmpty();
  }

  @Test
  void whatIsOldIsForgotten() {
    use(Set.of(), "203.0.113.9", NOW.minus(Duration.ofDays(91)));
    use(Set.of(), "198.51.100.1", NOW);
    flush();
    String realmId = realm.ask((session, in) -> in.getId());
    realm.change(
        (session, in) ->
            new UsageLog(session, pending).forget(realmId, NOW.minus(Duration.ofDays(90)), 500));
    assertThat(written().days()).extracting(UsedKey.Day::day).containsExactly(TODAY);
    assertThat(written().addresses())
        .extracting(UsedKey.Seen::name)
        .containsExactly("198.51.100.0/24");
  }
}
