package io.accesskeys.management.removal;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.SampleFederation;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.store.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Removed, and maybe made again, in one transaction. */
final class RemovalsTest {

  private static final String ROBOT_ACCOUNT = "service-account-" + ROBOT;

  private final SampleRealm realm = new SampleRealm();

  @BeforeEach
  void prepare() {
    realm.change(
        (session, model) -> {
          model.setEventsEnabled(true);
          user(session, model, PERSON).setEmail("alice@acme.example");
          model
              .getClientByClientId(ROBOT)
              .setAttribute("access-keys.contacts", "ops@acme.example, night@acme.example");
          model.getClientByClientId(API).setAttribute("access-keys.contacts", "api@acme.example");
        });
  }

  private String key(KeyKind kind) {
    return realm.key(kind).id();
  }

  private boolean isStored(String key) {
    return realm.ask(
        (session, model) -> session.getProvider(KeyStore.class).find(model, key).isPresent());
  }

  private String idOf(String username) {
    return realm.ask((session, model) -> user(session, model, username).getId());
  }

  private static void removeUser(KeycloakSession session, RealmModel model, String name) {
    assertThat(session.users().removeUser(model, user(session, model, name))).isTrue();
  }

  private static void makeAgain(
      KeycloakSession session, RealmModel model, String id, String name, String client) {
    UserModel made = session.users().addUser(model, id, name, false, false);
    made.setEnabled(true);
    made.setServiceAccountClientLink(client);
  }

  private List<Event> events() {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(model.getId())
                .type(EventType.REMOVE_CREDENTIAL)
                .getResultStream()
                .toList());
  }

  /** Mails that wait for their sending, by kind, recipient, and how many keys they tell of. */
  private List<String> mails() {
    return mailsIn(realm.ask((session, model) -> model.getId()));
  }

  private static List<String> mailsIn(String realmId) {
    return LocalKeycloak.started()
        .ask(
            session ->
                session
                    .getProvider(JpaConnectionProvider.class)
                    .getEntityManager()
                    .createQuery(
                        "select concat(m.kind, ' to ', m.recipient, ' ', m.facts)"
                            + " from AccessKeyMailEntity m where m.realmId = :realm order by 1",
                        String.class)
                    .setParameter("realm", realmId)
                    .getResultStream()
                    .map(mail -> mail.replaceFirst("\\{.*\"count\":\"(\\d+)\".*", "$1"))
                    .toList());
  }

  private void assertNothingIsSaid() {
    assertThat(events()).isEmpty();
    assertThat(mails()).isEmpty();
  }

  private void assertDeleted(String reason, Map<String, String> details) {
    assertThat(events()).hasSize(1);
    assertThat(events().get(0).getDetails())
        .containsEntry("action", "delete")
        .containsEntry("reason", reason)
        .containsAllEntriesOf(details);
  }

  @Nested
  class AnOwner {

    @Test
    void whoIsGoneTakesTheirKeysAlongAndItIsSaid() {
      String id = idOf(PERSON);
      String first = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      String second = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      String other = key(KeyKind.API_KEY);
      realm.change((session, model) -> removeUser(session, model, PERSON));
      assertThat(isStored(first)).isFalse();
      assertThat(isStored(second)).isFalse();
      assertThat(isStored(other)).isTrue();
      assertDeleted(
          "owner_removed",
          Map.of(
              "count",
              "2",
              "owner",
              PERSON,
              "clients",
              API,
              "credential_type",
              "personal-access-token"));
      assertThat(events().get(0).getUserId()).isEqualTo(id);
      assertThat(mails()).containsExactly("owner_removed to mailto:alice@acme.example 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "PERSONAL_ACCESS_TOKEN"})
    void whoIsBackUnderTheSameIdKeepsTheirKeys(KeyKind kind) {
      String name = kind == KeyKind.API_KEY ? ROBOT_ACCOUNT : PERSON;
      String id = idOf(name);
      String key = key(kind);
      realm.change(
          (session, model) -> {
            String link = user(session, model, name).getServiceAccountClientLink();
            removeUser(session, model, name);
            makeAgain(session, model, id, name, link);
          });
      assertThat(isStored(key)).isTrue();
      assertNothingIsSaid();
    }

    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "PERSONAL_ACCESS_TOKEN"})
    void whoIsMadeAgainUnderAnotherIdIsSomebodyElse(KeyKind kind) {
      String name = kind == KeyKind.API_KEY ? ROBOT_ACCOUNT : PERSON;
      String key = key(kind);
      realm.change(
          (session, model) -> {
            String link = user(session, model, name).getServiceAccountClientLink();
            removeUser(session, model, name);
            makeAgain(session, model, null, name, link);
          });
      assertThat(isStored(key)).isFalse();
      assertDeleted(
          "owner_removed", Map.of("count", "1", "owner", kind == KeyKind.API_KEY ? ROBOT : PERSON));
      assertThat(mails())
          .containsExactlyElementsOf(
              kind == KeyKind.API_KEY
                  ? List.of(
                      "owner_removed to mailto:night@acme.example 1",
                      "owner_removed to mailto:ops@acme.example 1")
                  : List.of("owner_removed to mailto:alice@acme.example 1"));
    }

    @Test
    void whoComesBackLaterIsSomebodyElseEvenUnderTheSameId() {
      String id = idOf(PERSON);
      String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.change((session, model) -> removeUser(session, model, PERSON));
      realm.change((session, model) -> makeAgain(session, model, id, PERSON, null));
      assertThat(isStored(key)).isFalse();
    }

    @Test
    void whoseRemovalIsRolledBackLosesNothing() {
      String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.change(
          (session, model) -> {
            removeUser(session, model, PERSON);
            session.getTransactionManager().setRollbackOnly();
          });
      assertThat(isStored(key)).isTrue();
      assertNothingIsSaid();
    }

    /** As another extension may do it; its own work must not fail by us. */
    @Test
    void whoIsRemovedWhileATransactionCommitsIsLeftToTheUpkeep() {
      String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.change(
          (session, model) ->
              session
                  .getTransactionManager()
                  .enlistPrepare(
                      new AbstractKeycloakTransaction() {
                        @Override
                        protected void commitImpl() {
                          removeUser(session, model, PERSON);
                        }

                        @Override
                        protected void rollbackImpl() {}
                      }));
      assertThat(isStored(key)).isTrue();
      boolean isGone = realm.ask((session, model) -> user(session, model, PERSON) == null);
      assertThat(isGone).isTrue();
    }

    @Test
    void whoHadOnlyRevokedKeysIsNotTalkedAbout() {
      String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      realm.change(
          (session, model) ->
              session
                  .getProvider(KeyStore.class)
                  .lifecycle()
                  .revoke(model, key, new Revocation(Instant.now(), Optional.empty())));
      realm.change((session, model) -> removeUser(session, model, PERSON));
      assertThat(isStored(key)).isFalse();
      assertNothingIsSaid();
    }

    @Test
    void mayHaveMoreKeysThanAPage() {
      List<String> keys =
          IntStream.range(0, 501).mapToObj(i -> key(KeyKind.PERSONAL_ACCESS_TOKEN)).toList();
      realm.change((session, model) -> removeUser(session, model, PERSON));
      assertThat(keys).noneMatch(RemovalsTest.this::isStored);
      assertDeleted("owner_removed", Map.of("count", "501"));
    }

    @Test
    void whoseFederationDoesNotAnswerIsNotTakenToBeGone() {
      SampleFederation federation = new SampleFederation(realm);
      String somebody = federation.idOf("nobody-it-knows");
      assertThat(isGone(somebody)).isTrue();
      federation.switchOff();
      assertThat(isGone(somebody)).isFalse();
    }

    private boolean isGone(String id) {
      return realm.ask((session, model) -> new Owners(session, model).isGone(id));
    }
  }

  @Nested
  class AnApiClient {

    private void change(BiConsumer<RealmModel, ClientModel> change) {
      realm.change((session, model) -> change.accept(model, model.getClientByClientId(API)));
    }

    @Test
    void thatIsGoneTakesItsKeysAlongAndTheirOwnersAreTold() {
      String person = idOf(PERSON);
      String pat = key(KeyKind.PERSONAL_ACCESS_TOKEN);
      String first = key(KeyKind.API_KEY);
      String second = key(KeyKind.API_KEY);
      String secret = key(KeyKind.CLIENT_SECRET);
      change((model, client) -> model.removeClient(client.getId()));
      assertThat(List.of(pat, first, second)).noneMatch(RemovalsTest.this::isStored);
      assertThat(isStored(secret)).as("of another client").isTrue();
      assertDeleted("client_removed", Map.of("count", "3", "clients", API));
      assertThat(events().get(0).getClientId()).isEqualTo(API);
      assertThat(mails())
          .containsExactly(
              "client_removed to mailto:api@acme.example 3",
              "client_removed to mailto:night@acme.example 2",
              "client_removed to mailto:ops@acme.example 2",
              "client_removed to user:" + person + " 1");
    }

    @Test
    void thatIsBackUnderTheSameIdKeepsItsKeys() {
      String key = key(KeyKind.API_KEY);
      change(
          (model, client) -> {
            String id = client.getId();
            model.removeClient(id);
            model.addClient(id, API);
          });
      assertThat(isStored(key)).isTrue();
      assertNothingIsSaid();
    }

    @Test
    void thatIsMadeAgainUnderAnotherIdIsAnother() {
      String key = key(KeyKind.API_KEY);
      change(
          (model, client) -> {
            model.removeClient(client.getId());
            model.addClient(API);
          });
      assertThat(isStored(key)).isFalse();
      assertDeleted("client_removed", Map.of("count", "1"));
    }
  }

  @Test
  void aClientTakesItsOwnSecretsAndItsAccountsKeysAlong() {
    String secret = key(KeyKind.CLIENT_SECRET);
    String key = key(KeyKind.API_KEY);
    realm.change(
        (session, model) -> {
          // As Keycloak does it: the client first.
          UserModel account = user(session, model, ROBOT_ACCOUNT);
          model.removeClient(model.getClientByClientId(ROBOT).getId());
          session.users().removeUser(model, account);
        });
    assertThat(List.of(secret, key)).noneMatch(this::isStored);
    assertThat(mails())
        .containsExactly(
            "client_removed to mailto:night@acme.example 1",
            "client_removed to mailto:ops@acme.example 1",
            "owner_removed to mailto:night@acme.example 1",
            "owner_removed to mailto:ops@acme.example 1");
  }

  private static void removeRealm(KeycloakSession session, String id) {
    session.getContext().setRealm(session.realms().getRealm(id));
    assertThat(session.realms().removeRealm(id)).isTrue();
  }

  @Test
  void aRealmTakesItsKeysAlong() {
    String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
    String id = realm.ask((session, model) -> model.getId());
    LocalKeycloak.started().change(session -> removeRealm(session, id));
    assertThat(mailsIn(id)).as("nobody is told of every client of a realm that goes").isEmpty();
    boolean taken =
        LocalKeycloak.started()
            .ask(session -> session.getProvider(KeyStore.class).isTaken(id, key));
    assertThat(taken).isFalse();
  }

  private Set<String> scopesOf(String key) {
    return realm.ask((session, model) -> SampleRealm.find(session, model, key).grant().scopes());
  }

  @Test
  void aScopeThatIsGoneIsTakenOffKeysAndOneThatIsBackIsNot() {
    String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
    Set<String> before = scopesOf(key);
    String write = realm.ask((session, model) -> scope(model).getId());
    realm.change(
        (session, model) -> {
          removeScope(model);
          model.addClientScope(write, SampleRealm.WRITE);
        });
    assertThat(scopesOf(key)).isEqualTo(before).contains(write);
    realm.change((session, model) -> removeScope(model));
    assertThat(scopesOf(key)).hasSize(1).doesNotContain(write);
    realm.change((session, model) -> model.addClientScope(write, SampleRealm.WRITE));
    assertThat(scopesOf(key)).doesNotContain(write);
  }

  private static ClientScopeModel scope(RealmModel model) {
    return model
        .getClientScopesStream()
        .filter(scope -> scope.getName().equals(SampleRealm.WRITE))
        .findFirst()
        .orElseThrow();
  }

  private static void removeScope(RealmModel model) {
    ClientScopeModel scope = scope(model);
    model.getClientByClientId(API).removeClientScope(scope);
    assertThat(model.removeClientScope(scope.getId())).isTrue();
  }

  @Test
  void aRealmThatIsImportedOverItselfKeepsItsKeys() {
    String key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
    Set<String> scopes = scopesOf(key);
    String id = realm.ask((session, model) -> model.getId());
    LocalKeycloak.started()
        .change(
            session -> {
              removeRealm(session, id);
              session.realms().createRealm(id, id);
            });
    assertThat(scopesOf(key)).isEqualTo(scopes);
  }
}
