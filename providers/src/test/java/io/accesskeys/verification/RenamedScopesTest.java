package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.find;
import static io.accesskeys.model.SampleRealm.scope;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/** What a key has when somebody renames client scopes, and makes others under their names. */
final class RenamedScopesTest {

  private static final String ARCHIVED = "orders:archived";

  private final SampleRealm realm = new SampleRealm();
  private final Stored key = realm.key(KeyKind.PERSONAL_ACCESS_TOKEN);

  @Test
  void aScopeThatIsRenamedStaysTheSame() {
    realm.change((session, model) -> scope(model, WRITE).setName(ARCHIVED));
    assertThat(usable()).isEqualTo(Set.of(READ, ARCHIVED));
    assertThat(shown()).containsExactly(ARCHIVED, READ);
  }

  @Test
  void anotherUnderItsNameIsNotTheKeys() {
    realm.change((session, model) -> scope(model, WRITE).setName(ARCHIVED));
    realm.change((session, model) -> openScope(model, WRITE));
    assertThat(usable()).isEqualTo(Set.of(READ, ARCHIVED));
  }

  @Test
  void namesThatAreSwappedStayWithTheirScopes() {
    realm.change(
        (session, model) -> {
          scope(model, WRITE).setName("between");
          scope(model, READ).setName(WRITE);
          scope(model, "between").setName(READ);
        });
    realm.change(
        (session, model) ->
            user(session, model, PERSON).deleteRoleMapping(model.getRole(SampleRealm.WRITER)));
    assertThat(usable()).containsExactly(WRITE);
  }

  @Test
  void aScopeThatIsDeletedAndMadeAgainIsAnother() {
    String id = realm.ask((session, model) -> scope(model, WRITE).getId());
    realm.change((session, model) -> model.removeClientScope(id));
    realm.change((session, model) -> openScope(model, WRITE));
    assertThat(usable()).containsExactly(READ);
    assertThat(shown()).containsExactly(READ);
  }

  @Test
  void soIsOneThatIsImportedUnderItsId() {
    String id = realm.ask((session, model) -> scope(model, WRITE).getId());
    realm.change((session, model) -> model.removeClientScope(id));
    realm.change((session, model) -> fill(model, model.addClientScope(id, WRITE)));
    assertThat(usable()).containsExactly(READ);
  }

  @Test
  void aScopeThatIsOffTheMenuIsShownAndGivesNothing() {
    realm.change(
        (session, model) -> model.getClientByClientId(API).removeClientScope(scope(model, WRITE)));
    assertThat(usable()).containsExactly(READ);
    assertThat(shown()).containsExactly(READ, WRITE);
  }

  private static void openScope(RealmModel realm, String name) {
    fill(realm, realm.addClientScope(name));
  }

  private static void fill(RealmModel realm, ClientScopeModel scope) {
    scope.setProtocol("openid-connect");
    scope.setAttribute("access-keys.grantable", "true");
    scope.setAttribute("access-keys.open", "true");
    realm.getClientByClientId(API).addClientScope(scope, false);
  }

  private Set<String> usable() {
    return realm.ask(
        (session, model) ->
            GrantableScopes.names(
                GrantableScopes.permitted(
                    model.getClientByClientId(API),
                    user(session, model, PERSON),
                    find(session, model, key.id()).grant().scopes())));
  }

  private List<String> shown() {
    return realm.ask(
        (session, model) ->
            GrantableScopes.names(model, find(session, model, key.id()).grant().scopes()));
  }
}
