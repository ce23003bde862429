package io.accesskeys.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmLock;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What somebody else holds for too long is a conflict that can be told, and no error. */
@Timeout(120)
final class RowLockTest {

  private final SampleRealm realm = new SampleRealm();

  @Test
  void anOwnerIsHeldByAnother() {
    realm.change(RowLockTest::owner);
    assertThatThrownBy(() -> heldTwice(RowLockTest::owner))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining("Send the request again");
  }

  @Test
  void aRealmIsHeldByAnother() {
    realm.change(RealmLock::take);
    assertThatThrownBy(() -> heldTwice(RealmLock::take)).isInstanceOf(BusyException.class);
  }

  private static void owner(KeycloakSession session, RealmModel realm) {
    session.getProvider(KeyStore.class).lock(realm, "owner");
  }

  private void heldTwice(BiConsumer<KeycloakSession, RealmModel> take) {
    realm.change(
        (session, model) -> {
          take.accept(session, model);
          realm.change(take);
        });
  }
}
