package io.accesskeys.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;

final class UpkeepTest {

  private final SampleRealm realm = new SampleRealm();
  private final SampleRealm other = new SampleRealm();

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
    assertThat(failures()).isZero();
    String longRevoked = longRevoked();
    setKind(id, "something-else");
    assertThat(failures()).isEqualTo(1);
    assertThat(isStored(longRevoked)).as("in the realm that comes next").isFalse();
    setKind(id, KeyKind.PERSONAL_ACCESS_TOKEN.wireName());
    assertThat(failures()).isZero();
  }

  /** Of one run, which would not come back from such a row, and so to no other realm. */
  private int failures() {
    AtomicInteger failures = new AtomicInteger();
    new Upkeep(new TheseRealms(realm, other), failures::incrementAndGet).run();
    return failures.get();
  }

  /** A key of the other realm that upkeep forgets. */
  private String longRevoked() {
    String id = other.key(KeyKind.PERSONAL_ACCESS_TOKEN).id();
    Instant then = Instant.now().minus(Duration.ofDays(91));
    other.change(
        (session, model) ->
            session
                .getProvider(KeyStore.class)
                .lifecycle()
                .revoke(model, id, new Revocation(then, Optional.empty())));
    assertThat(isStored(id)).isTrue();
    return id;
  }

  private boolean isStored(String id) {
    return other.ask(
        (session, model) -> session.getProvider(KeyStore.class).find(model, id).isPresent());
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
