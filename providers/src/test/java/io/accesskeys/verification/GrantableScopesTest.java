package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RoleModel;

final class GrantableScopesTest {

  private static final Set<String> BOTH = Set.of(READ, WRITE);

  private final SampleRealm realm = new SampleRealm();

  @Test
  void theMenuHasOptionalScopesThatAreMarked() {
    realm.change(
        (session, model) -> {
          ClientScopeModel unmarked = model.addClientScope("unmarked");
          ClientScopeModel fixed = model.addClientScope("fixed");
          fixed.setAttribute("access-keys.grantable", "true");
          model.getClientByClientId(API).addClientScope(unmarked, false);
          model.getClientByClientId(API).addClientScope(fixed, true);
        });
    Set<String> menu =
        realm.ask(
            (session, model) ->
                Set.copyOf(
                    GrantableScopes.menu(model.getClientByClientId(API))
                        .map(ClientScopeModel::getName)
                        .toList()));
    assertThat(menu).isEqualTo(BOTH);
  }

  @Test
  void onlyWhatIsNamedAndOnTheMenuIsPermitted() {
    assertThat(permitted(Set.of())).isEmpty();
    assertThat(permitted(Set.of(READ))).containsExactly(READ);
    assertThat(permitted(Set.of(READ, "elsewhere"))).containsExactly(READ);
    assertThat(permitted(BOTH)).isEqualTo(BOTH);
  }

  @Nested
  class AScopeThatMapsRoles {

    @BeforeEach
    void takeTheRoleAway() {
      realm.change(
          (session, model) ->
              user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER)));
    }

    @Test
    void isNotForThoseWithoutOne() {
      assertThat(permitted(BOTH)).containsExactly(READ);
    }

    @Test
    void isForThoseWhoHaveItThroughAGroup() {
      realm.change(
          (session, model) -> {
            GroupModel group = model.createGroup("writers");
            group.grantRole(model.getRole(WRITER));
            user(session, model, PERSON).joinGroup(group);
          });
      assertThat(permitted(BOTH)).isEqualTo(BOTH);
    }

    @Test
    void isForThoseWhoHaveItThroughACompositeRole() {
      realm.change(
          (session, model) -> {
            RoleModel chief = model.addRole("chief");
            chief.addCompositeRole(model.getRole(WRITER));
            user(session, model, PERSON).grantRole(chief);
          });
      assertThat(permitted(BOTH)).isEqualTo(BOTH);
    }

    @Test
    void isForThoseWithAPartOfAMappedCompositeRole() {
      realm.change(
          (session, model) -> {
            RoleModel editor = model.addRole("editor");
            model.getRole(WRITER).addCompositeRole(editor);
            user(session, model, PERSON).grantRole(editor);
          });
      assertThat(permitted(BOTH)).isEqualTo(BOTH);
    }
  }

  private Set<String> permitted(Set<String> names) {
    return realm.ask(
        (session, model) ->
            GrantableScopes.permitted(
                model.getClientByClientId(API), user(session, model, PERSON), names));
  }
}
