package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.scope;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RoleModel;

final class GrantableScopesTest {

  private static final String OPEN = "access-keys.open";
  private static final Set<String> BOTH = Set.of(READ, WRITE);

  private final SampleRealm realm = new SampleRealm();

  @Test
  void theMenuHasOptionalScopesThatAreMarked() {
    realm.change(
        (session, model) -> {
          ClientScopeModel unmarked = model.addClientScope("unmarked");
          ClientScopeModel openid = model.addClientScope("openid");
          openid.setAttribute("access-keys.grantable", "true");
          model.getClientByClientId(API).addClientScope(openid, false);
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

  @Nested
  class AScopeThatMapsNone {

    @Test
    void isForNobodyUnlessItIsOpen() {
      assertThat(permitted(BOTH)).contains(READ);
      realm.change((session, model) -> scope(model, READ).removeAttribute(OPEN));
      assertThat(permitted(BOTH)).containsExactly(WRITE);
      realm.change((session, model) -> scope(model, READ).setAttribute(OPEN, "yes"));
      assertThat(permitted(BOTH)).containsExactly(WRITE);
    }

    @Test
    void isForNobodyOnceItsRoleIsDeleted() {
      realm.change((session, model) -> model.removeRole(model.getRole(WRITER)));
      assertThat(permitted(BOTH)).containsExactly(READ);
    }
  }

  @Test
  void openNeverOverridesARole() {
    realm.change(
        (session, model) -> {
          scope(model, WRITE).setAttribute(OPEN, "true");
          user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER));
        });
    assertThat(permitted(BOTH)).containsExactly(READ);
  }

  @Test
  void aCompositeRoleThatBecomesEmptyOpensNothing() {
    realm.change(
        (session, model) -> {
          RoleModel part = model.addRole("part");
          RoleModel whole = model.addRole("whole");
          whole.addCompositeRole(part);
          scope(model, READ).addScopeMapping(whole);
        });
    realm.change((session, model) -> model.removeRole(model.getRole("part")));
    assertThat(permitted(BOTH)).containsExactly(WRITE);
  }

  @Test
  void theClientMayNameScopesThatDoNotSaySoThemselves() {
    realm.change(
        (session, model) -> {
          for (String name : List.of("a,b", "c#d", "elsewhere")) {
            ClientScopeModel plain = model.addClientScope(name);
            plain.setProtocol("openid-connect");
            if (!name.equals("elsewhere")) {
              model.getClientByClientId(API).addClientScope(plain, false);
            }
          }
          model.getClientByClientId(API).setAttribute("access-keys.open-scopes", "a,b c#d");
        });
    assertThat(permitted(Set.of("a,b", "c#d", "elsewhere"))).isEmpty();
    name("a,b##c#d\n elsewhere ##");
    assertThat(permitted(Set.of("a,b", "c#d", "elsewhere", READ)))
        .containsExactlyInAnyOrder("a,b", "c#d", READ);
    name("a,b,c#d");
    assertThat(permitted(Set.of("a,b", "c#d"))).isEmpty();
    name("a,b");
    realm.change((session, model) -> scope(model, "a,b").setName("renamed"));
    assertThat(permitted(Set.of("renamed"))).isEmpty();
    name("renamed");
    assertThat(permitted(Set.of("renamed"))).as("it is not in the other list").isEmpty();
  }

  @Test
  void aClientThatRegisteredItselfNamesNothing() {
    realm.change(
        (session, model) -> {
          scope(model, READ).removeAttribute("access-keys.grantable");
          model.getClientByClientId(API).setAttribute("access-keys.scopes", READ);
        });
    assertThat(permitted(Set.of(READ))).containsExactly(READ);
    realm.change((session, model) -> model.getClientByClientId(API).setRegistrationToken("a1b2c3"));
    assertThat(permitted(Set.of(READ))).isEmpty();
  }

  @Test
  void aRoleCountsThoughTheClientCallsTheScopeOpen() {
    realm.change(
        (session, model) -> {
          model.getClientByClientId(API).setAttribute("access-keys.open-scopes", WRITE);
          user(session, model, PERSON).deleteRoleMapping(model.getRole("writer"));
        });
    assertThat(permitted(BOTH)).containsExactly(READ);
    assertThat(problems()).containsExactly(WRITE + " open_with_roles");
  }

  private void name(String scopes) {
    realm.change(
        (session, model) ->
            model.getClientByClientId(API).setAttribute("access-keys.scopes", scopes));
  }

  @Test
  void aScopeWhoseIdCannotBeStoredIsNotOnTheMenu() {
    String odd = "an id with spaces " + UUID.randomUUID().toString().substring(0, 8);
    realm.change(
        (session, model) -> {
          ClientScopeModel scope = model.addClientScope(odd, "odd");
          scope.setProtocol("openid-connect");
          scope.setAttribute("access-keys.grantable", "true");
          scope.setAttribute(OPEN, "true");
          model.getClientByClientId(API).addClientScope(scope, false);
        });
    assertThat(permitted(Set.of("odd", READ))).containsExactly(READ);
    assertThat(problems()).containsExactly("odd unstorable_id");
  }

  @Test
  void whatIsWrongWithAScopeIsSaid() {
    assertThat(problems()).isEmpty();
    realm.change(
        (session, model) -> {
          scope(model, READ).removeAttribute(OPEN);
          scope(model, WRITE).setAttribute(OPEN, "true");
        });
    assertThat(problems()).containsExactlyInAnyOrder(READ + " no_role", WRITE + " open_with_roles");
  }

  private List<String> problems() {
    return realm.ask(
        (session, model) ->
            ScopeProblem.in(model.getClientByClientId(API))
                .map(found -> found.scope() + " " + found.problem().wireName())
                .toList());
  }

  private Set<String> permitted(Set<String> names) {
    return realm.ask(
        (session, model) ->
            GrantableScopes.names(
                GrantableScopes.permitted(
                    model.getClientByClientId(API),
                    user(session, model, PERSON),
                    model
                        .getClientScopesStream()
                        .filter(scope -> names.contains(scope.getName()))
                        .map(ClientScopeModel::getId)
                        .collect(Collectors.toSet()))));
  }
}
