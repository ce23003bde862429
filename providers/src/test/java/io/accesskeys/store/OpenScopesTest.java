package io.accesskeys.store;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The word is there beside a role, and goes with the last one. */
final class OpenScopesTest {

  private static final String OPEN = "access-keys.open";

  private final SampleRealm realm = new SampleRealm();

  @BeforeEach
  void sayOpenBesideTheRole() {
    realm.change((session, model) -> scope(model, WRITE).setAttribute(OPEN, "true"));
  }

  @Test
  void aRoleThatIsDeletedTakesIt() {
    realm.change((session, model) -> model.removeRole(model.getRole(WRITER)));
    assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, false));
  }

  @Test
  void aRoleThatIsOverwrittenTakesIt() {
    realm.change(
        (session, model) -> {
          model.removeRole(model.getRole(WRITER));
          model.addRole(WRITER);
        });
    assertThat(open()).containsEntry(WRITE, false);
  }

  @Nested
  class NamedByTheClient {

    @BeforeEach
    void sayItOnTheClientInstead() {
      realm.change(
          (session, model) -> {
            scope(model, WRITE).removeAttribute(OPEN);
            ClientModel api = model.getClientByClientId(API);
            api.setAttribute("access-keys.open-scopes", "other##" + WRITE + " " + READ);
          });
    }

    @Test
    void aRoleThatIsDeletedTakesThatNameAlone() {
      realm.change((session, model) -> model.removeRole(model.getRole(WRITER)));
      assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, false));
      assertThat(listed()).isEqualTo("other##" + READ);
    }

    @Test
    void anAdministratorWhoUnmapsTheLastRoleTakesIt() {
      realm.change(
          (session, model) -> {
            scope(model, WRITE).deleteScopeMapping(model.getRole(WRITER));
            hear(session, model, scope(model, WRITE).getId(), OperationType.DELETE);
          });
      assertThat(listed()).isEqualTo("other##" + READ);
    }

    @Test
    void twoRolesThatAreDeletedInTwoTransactionsAtOnceTakeItAlsoIfItIsTheOnlyOne() {
      realm.change(
          (session, model) -> {
            scope(model, WRITE).addScopeMapping(model.addRole("editor"));
            model.getClientByClientId(API).setAttribute("access-keys.open-scopes", WRITE);
          });
      deleteBothRolesAtOnce();
      assertThat(open()).containsEntry(WRITE, false);
      assertThat(listed()).isEqualTo("##");
    }

    @Test
    void theLastNameTakesTheAttribute() {
      realm.change(
          (session, model) ->
              model.getClientByClientId(API).setAttribute("access-keys.open-scopes", WRITE));
      realm.change((session, model) -> model.removeRole(model.getRole(WRITER)));
      assertThat(listed()).isNull();
    }

    @Test
    void aRoleOfAnotherScopeIsNoneOfItsBusiness() {
      realm.change(
          (session, model) -> model.addClientScope("else").addScopeMapping(model.addRole("else")));
      realm.change((session, model) -> model.removeRole(model.getRole("else")));
      assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, true));
    }

    @Test
    void whatAClientSaysThatRegisteredItselfCountsForNothing() {
      realm.change(
          (session, model) -> model.getClientByClientId(API).setRegistrationToken("a1b2c3"));
      assertThat(open()).containsEntry(WRITE, false);
    }

    private String listed() {
      return realm.ask(
          (session, model) ->
              model.getClientByClientId(API).getAttribute("access-keys.open-scopes"));
    }
  }

  @Test
  void oneOfTwoRolesLeavesIt() {
    realm.change((session, model) -> scope(model, WRITE).addScopeMapping(model.addRole("editor")));
    realm.change((session, model) -> model.removeRole(model.getRole(WRITER)));
    assertThat(open()).containsEntry(WRITE, true);
    realm.change((session, model) -> model.removeRole(model.getRole("editor")));
    assertThat(open()).containsEntry(WRITE, false);
  }

  @Test
  void twoRolesThatAreDeletedAtOnceTakeIt() {
    realm.change((session, model) -> scope(model, WRITE).addScopeMapping(model.addRole("editor")));
    realm.change(
        (session, model) -> {
          model.removeRole(model.getRole("editor"));
          model.removeRole(model.getRole(WRITER));
        });
    assertThat(open()).containsEntry(WRITE, false);
  }

  /** Neither sees that the other takes the other role. */
  @Test
  void twoRolesThatAreDeletedInTwoTransactionsAtOnceTakeIt() {
    realm.change((session, model) -> scope(model, WRITE).addScopeMapping(model.addRole("editor")));
    deleteBothRolesAtOnce();
    assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, false));
  }

  @Test
  void aClientThatIsDeletedWithItsRolesTakesIt() {
    realm.change(
        (session, model) -> {
          ClientModel shop = model.addClient("shop");
          scope(model, WRITE).addScopeMapping(shop.addRole("seller"));
          scope(model, WRITE).deleteScopeMapping(model.getRole(WRITER));
        });
    assertThat(open()).containsEntry(WRITE, true);
    realm.change((session, model) -> model.removeClient(model.getClientByClientId("shop").getId()));
    assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, false));
  }

  @Test
  void anotherRoleIsNoneOfItsBusiness() {
    realm.change((session, model) -> model.addRole("other"));
    realm.change((session, model) -> model.removeRole(model.getRole("other")));
    assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, true));
  }

  @Test
  void anAdministratorWhoUnmapsTheLastRoleTakesIt() {
    realm.change(
        (session, model) -> {
          scope(model, WRITE).deleteScopeMapping(model.getRole(WRITER));
          hear(session, model, scope(model, WRITE).getId(), OperationType.DELETE);
        });
    assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, false));
  }

  @Test
  void oneWhoUnmapsWhatWasNeverMappedDoesNot() {
    realm.change(
        (session, model) -> hear(session, model, scope(model, READ).getId(), OperationType.DELETE));
    realm.change(
        (session, model) ->
            hear(session, model, scope(model, WRITE).getId(), OperationType.DELETE));
    realm.change((session, model) -> hear(session, model, "no-such-scope", OperationType.DELETE));
    assertThat(open()).containsExactlyInAnyOrderEntriesOf(Map.of(READ, true, WRITE, true));
  }

  private void deleteBothRolesAtOnce() {
    realm.change(
        (session, model) -> {
          model.removeRole(model.getRole(WRITER));
          KeycloakModelUtils.runJobInTransaction(
              session.getKeycloakSessionFactory(),
              other -> {
                RealmModel same = other.realms().getRealm(model.getId());
                same.removeRole(same.getRole("editor"));
              });
        });
  }

  private static void hear(
      KeycloakSession session, RealmModel realm, String scopeId, OperationType operation) {
    AdminEvent event = new AdminEvent();
    event.setRealmId(realm.getId());
    event.setResourceType(ResourceType.REALM_SCOPE_MAPPING);
    event.setOperationType(operation);
    event.setResourcePath("client-scopes/" + scopeId + "/scope-mappings/realm");
    new ScopeRolesListenerFactory().create(session).onEvent(event, false);
  }

  private Map<String, Boolean> open() {
    return realm.ask(
        (session, model) ->
            Map.of(
                READ,
                OpenScopes.saysSo(model.getClientByClientId(API), scope(model, READ)),
                WRITE,
                OpenScopes.saysSo(model.getClientByClientId(API), scope(model, WRITE))));
  }
}
