package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleFederation;
import io.accesskeys.model.SampleRealm;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.StorageUnavailableUserModelDelegate;

final class KeyOwnerTest {

  private final SampleRealm realm = new SampleRealm();

  @Test
  void aPersonOwnsPersonalAccessTokens() {
    realm.change(
        (session, model) -> {
          KeyOwner owner = KeyOwner.of(user(session, model, PERSON), model).orElseThrow();
          assertThat(owner).isInstanceOf(KeyOwner.Person.class);
          assertThat(owner.id()).isEqualTo(user(session, model, PERSON).getId());
          assertThat(owner.kind()).isEqualTo(KeyKind.PERSONAL_ACCESS_TOKEN);
          assertThat(owner.owningClient()).isEmpty();
        });
  }

  @Test
  void aServiceAccountOwnsApiKeysForItsClient() {
    realm.change(
        (session, model) -> {
          ClientModel robot = model.getClientByClientId(ROBOT);
          String id = session.users().getServiceAccount(robot).getId();
          KeyOwner owner = KeyOwner.ofUser(id, session, model).orElseThrow();
          assertThat(owner).isInstanceOf(KeyOwner.ServiceAccount.class);
          assertThat(owner.id()).isEqualTo(id);
          assertThat(owner.kind()).isEqualTo(KeyKind.API_KEY);
          assertThat(owner.owningClient()).contains(robot);
        });
  }

  @Test
  void theServiceAccountOfAClientThatIsGoneOwnsNothing() {
    realm.change(
        (session, model) -> {
          user(session, model, PERSON).setServiceAccountClientLink("gone");
          assertThat(KeyOwner.of(user(session, model, PERSON), model)).isEmpty();
        });
  }

  @Test
  void aClientOwnsItsSecrets() {
    realm.change(
        (session, model) -> {
          ClientModel robot = model.getClientByClientId(ROBOT);
          KeyOwner owner = new KeyOwner.Client(robot);
          assertThat(owner.id()).isEqualTo(robot.getId());
          assertThat(owner.kind()).isEqualTo(KeyKind.CLIENT_SECRET);
          assertThat(owner.owningClient()).contains(robot);
        });
  }

  @Test
  void aClientAuthenticatesBySecretUnlessItSaysOtherwiseOrIsPublic() {
    realm.change(
        (session, model) -> {
          ClientModel robot = model.getClientByClientId(ROBOT);
          KeyOwner.Client owner = new KeyOwner.Client(robot);
          robot.setClientAuthenticatorType(null);
          assertThat(owner.authenticatesBySecret()).isTrue();
          robot.setClientAuthenticatorType("client-secret");
          assertThat(owner.authenticatesBySecret()).isTrue();
          robot.setPublicClient(true);
          assertThat(owner.authenticatesBySecret()).isFalse();
          robot.setPublicClient(false);
          robot.setClientAuthenticatorType("client-jwt");
          assertThat(owner.authenticatesBySecret()).isFalse();
        });
  }

  @Nested
  class TheOwnerOfAKey {

    @Test
    void isOfItsKind() {
      String person = realm.ask((session, model) -> user(session, model, PERSON).getId());
      for (KeyKind kind : KeyKind.values()) {
        String id = realm.key(kind).id();
        assertThat(kindOfOwner(id)).contains(kind);
      }
      String taken = realm.key(KeyKind.API_KEY, key -> SampleRealm.of(key, person)).id();
      assertThat(kindOfOwner(taken)).isEmpty();
    }

    private Optional<KeyKind> kindOfOwner(String keyId) {
      return realm.ask(
          (session, model) ->
              KeyOwner.of(SampleRealm.find(session, model, keyId), session, model)
                  .map(KeyOwner::kind));
    }
  }

  @Nested
  class SomebodyElsewhere {

    private final SampleFederation outside = new SampleFederation(realm);
    private final String id = outside.idOf(PERSON);

    @Test
    void isAPersonWhileTheirFederationAnswers() {
      assertThat(ownerOf(id)).contains(KeyOwner.Person.class);
      assertThat(ownerOf(outside.idOf("stranger"))).isEmpty();
    }

    @Test
    void isUnreachableOnceItDoesNot() {
      outside.switchOff();
      realm.change(
          (session, model) -> {
            KeyOwner owner = KeyOwner.ofUser(id, session, model).orElseThrow();
            assertThat(owner).isEqualTo(new KeyOwner.Unreachable(id));
            assertThat(owner.kind()).isEqualTo(KeyKind.PERSONAL_ACCESS_TOKEN);
            assertThat(owner.owningClient()).isEmpty();
          });
    }

    @Test
    void isUnreachableWhereKeycloakKnowsOnlyTheirCopy() {
      realm.change(
          (session, model) -> {
            UserModel copy =
                new StorageUnavailableUserModelDelegate(
                    user(session, model, PERSON), IllegalStateException::new);
            assertThat(KeyOwner.of(copy, model)).contains(new KeyOwner.Unreachable(copy.getId()));
          });
    }

    @Test
    void isNobodyIfTheirIdIsCutOff() {
      assertThat(ownerOf("f:")).isEmpty();
      assertThat(ownerOf("f:x")).isEmpty();
      assertThat(ownerOf("f::")).isEmpty();
    }

    private Optional<Class<?>> ownerOf(String userId) {
      return realm.ask(
          (session, model) ->
              KeyOwner.ofUser(userId, session, model).map(owner -> (Class<?>) owner.getClass()));
    }
  }

  @Test
  void aFailureOfKeycloaksOwnDatabaseIsNoSilenceOfAFederation() {
    KeycloakSession broken =
        Partial.of(
            KeycloakSession.class,
            (method, arguments) -> {
              throw new IllegalStateException("No connection");
            });
    assertThatThrownBy(
            () -> realm.change((session, model) -> KeyOwner.ofUser("some-id", broken, model)))
        .hasMessage("No connection");
  }
}
