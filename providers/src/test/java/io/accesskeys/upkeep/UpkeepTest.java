package io.accesskeys.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Validity;
import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.SampleRealm;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;

final class UpkeepTest {

  private final SampleRealm realm = new SampleRealm();

  @Test
  void aRowThatNobodyOfOursWroteStopsItsRealmAndNoOther() {
    Instant soon = Instant.now().plusSeconds(3_600);
    String id =
        realm
            .key(
                KeyKind.PERSONAL_ACCESS_TOKEN,
                key ->
                    key.with(
                        Validity.between(
                            key.validity().created(), Optional.empty(), Optional.of(soon))))
            .id();
    // Other tests have left realms of theirs.
    int others = failures();
    setKind(id, "something-else");
    assertThat(failures()).isEqualTo(others + 1);
    setKind(id, KeyKind.PERSONAL_ACCESS_TOKEN.wireName());
    assertThat(failures()).isEqualTo(others);
  }

  /** Of one run, which would not come back from such a row, and so to no other realm. */
  private static int failures() {
    AtomicInteger failures = new AtomicInteger();
    new Upkeep(LocalKeycloak.started(), failures::incrementAndGet).run();
    return failures.get();
  }

  private void setKind(String id, String kind) {
    realm.change(
        (session, model) ->
            session
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createNativeQuery("update ACCESS_KEY set KIND = :kind where ID = :id")
                .setParameter("kind", kind)
                .setParameter("id", id)
                .executeUpdate());
  }
}
