package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

final class ApplicationsTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final String OTHER = "dora";

  private final SampleRealm realm = new SampleRealm();

  @BeforeEach
  void addAnotherPerson() {
    realm.change(
        (session, model) -> {
          RoleModel usual = model.addRole("default-roles");
          usual.addCompositeRole(model.addRole("of-everybody"));
          model.setDefaultRole(usual);
          session.users().addUser(model, null, OTHER, true, true);
        });
    realm.policy(Map.of("applications-per-person", "2", "application-default-roles", WRITER));
  }

  private static ClientModel register(
      KeycloakSession session, RealmModel model, String person, String name)
      throws InvalidRequestException {
    return new Applications(session, model)
        .register(user(session, model, person), name, RealmPolicy.of(session, model), NOW);
  }

  /** The id of a new application. */
  private String register(String person, String name) {
    return realm.ask(
        (session, model) -> granted(() -> register(session, model, person, name).getId()));
  }

  private String register() {
    return register(PERSON, "reporter");
  }

  private void refused(String person, String name, String field, String reason) {
    List<String> before = of(person);
    realm.change(
        (session, model) ->
            assertRefused(() -> register(session, model, person, name), field, reason));
    assertThat(of(person)).isEqualTo(before);
  }

  private String text(String id, Function<ClientModel, String> at) {
    return realm.ask((session, model) -> at.apply(model.getClientById(id)));
  }

  private boolean is(String id, Predicate<ClientModel> at) {
    return realm.ask((session, model) -> at.test(model.getClientById(id)));
  }

  private Map<String, String> attributes(String id) {
    return realm.ask((session, model) -> Map.copyOf(model.getClientById(id).getAttributes()));
  }

  private String accountOf(String id) {
    return realm.ask(
        (session, model) -> session.users().getServiceAccount(model.getClientById(id)).getId());
  }

  /** What its service account has, by name. */
  private List<String> rolesOf(String id) {
    return realm.ask(
        (session, model) ->
            session
                .users()
                .getServiceAccount(model.getClientById(id))
                .getRoleMappingsStream()
                .map(RoleModel::getName)
                .toList());
  }

  /** The ids of the applications of this person. */
  private List<String> of(String person) {
    return realm.ask(
        (session, model) ->
            new Applications(session, model)
                .of(user(session, model, person))
                .map(ClientModel::getId)
                .sorted()
                .toList());
  }

  private boolean finds(String person, String id) {
    return realm.ask(
        (session, model) ->
            new Applications(session, model).find(user(session, model, person), id).isPresent());
  }

  private void person(String name, Consumer<UserModel> change) {
    realm.change((session, model) -> change.accept(user(session, model, name)));
  }

  private String idOf(String person) {
    return realm.ask((session, model) -> user(session, model, person).getId());
  }

  /** A key of this application. */
  private String key(String application) {
    String account = accountOf(application);
    return realm.key(KeyKind.API_KEY, key -> SampleRealm.of(key, account)).id();
  }

  private boolean isStored(String key) {
    return realm.ask(
        (session, model) -> session.getProvider(KeyStore.class).find(model, key).isPresent());
  }

  @Nested
  class TheName {

    @ParameterizedTest
    @CsvSource({
      "Billing Worker!, app-billing-worker-[0-9]{8}",
      "x, app-x-[0-9]{8}",
      "'  --A  b_C--  ', app-a-b-c-[0-9]{8}",
      "Größe, app-gr-e-[0-9]{8}",
      "鍵, app-[0-9]{8}",
      "!!!, app-[0-9]{8}",
      "App-7, app-app-7-[0-9]{8}",
    })
    void isKeptAndMakesTheClientIdReadable(String name, String clientId) {
      String id = register(PERSON, name);
      assertThat(text(id, ClientModel::getClientId)).matches(clientId);
      assertThat(text(id, ClientModel::getName)).isEqualTo(name.strip());
    }

    @Test
    void hasAtMostSoManyCharactersAndMakesAShorterClientId() {
      String id = register(PERSON, " " + "x".repeat(120) + " ");
      assertThat(text(id, ClientModel::getName)).isEqualTo("x".repeat(120));
      assertThat(text(id, ClientModel::getClientId)).matches("app-x{40}-[0-9]{8}");
      refused(PERSON, "x".repeat(121), "name", "must have at most 120 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void isNotBlank(String name) {
      refused(PERSON, name, "name", "must have 1 to 120 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u007fb"})
    void isPrintable(String name) {
      refused(PERSON, name, "name", "must have no control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u2060\uFEFF", "\u3164", "\u00A0"})
    void doesNotLookEmpty(String name) {
      refused(PERSON, name, "name", "must have at least one visible character");
    }

    @Test
    void mayBeThatOfAnother() {
      String first = register(PERSON, "twin");
      String second = register(PERSON, "twin");
      assertThat(text(first, ClientModel::getClientId))
          .isNotEqualTo(text(second, ClientModel::getClientId));
    }
  }

  @Nested
  class ANewApplication {

    @Test
    void hasNoWayInButItsKeys() {
      String id = register();
      assertThat(is(id, ClientModel::isEnabled)).isTrue();
      assertThat(text(id, ClientModel::getProtocol)).isEqualTo("openid-connect");
      assertThat(is(id, ClientModel::isPublicClient)).isFalse();
      assertThat(is(id, ClientModel::isBearerOnly)).isFalse();
      assertThat(is(id, ClientModel::isStandardFlowEnabled)).isFalse();
      assertThat(is(id, ClientModel::isImplicitFlowEnabled)).isFalse();
      assertThat(is(id, ClientModel::isDirectAccessGrantsEnabled)).isFalse();
      assertThat(is(id, ClientModel::isFullScopeAllowed)).isFalse();
      assertThat(is(id, ClientModel::isServiceAccountsEnabled)).isTrue();
      assertThat(text(id, ClientModel::getClientAuthenticatorType)).isEqualTo("client-jwt");
      assertThat(text(id, ClientModel::getSecret)).isNull();
      assertThat(is(id, client -> client.getRedirectUris().isEmpty())).isTrue();
      assertThat(attributes(id))
          .containsEntry("oauth2.device.authorization.grant.enabled", "false")
          .containsEntry("oidc.ciba.grant.enabled", "false");
    }

    @Test
    void saysWhoRegisteredItAndWhen() {
      String id = register();
      assertThat(text(id, client -> client.getAttribute(KeyOwner.REGISTRANTS)))
          .isEqualTo(idOf(PERSON));
      assertThat(text(id, Applications::createdAt)).isEqualTo(NOW.toString());
    }

    /** Whoever registers a client that way chooses its attributes. */
    @Test
    void isNobodysIfDynamicRegistrationMadeIt() {
      String id = register();
      assertThat(finds(PERSON, id)).isTrue();
      realm.change((session, model) -> model.getClientById(id).setRegistrationToken("a1b2c3"));
      assertThat(finds(PERSON, id)).isFalse();
      assertThat(of(PERSON)).isEmpty();
    }

    /** Who has an address today may not have it tomorrow; mails go to the registrant by id. */
    @Test
    void namesNoAddressOfItsRegistrant() {
      person(PERSON, user -> user.setEmail("alice@acme.example"));
      person(PERSON, user -> user.setEmailVerified(true));
      assertThat(contacts(register())).isNull();
    }

    @Test
    void hasTheRolesOfThePolicyAndNoOthers() {
      realm.change(
          (session, model) -> {
            GroupModel group = model.createGroup("everybody");
            model.addDefaultGroup(group);
          });
      String id = register();
      assertThat(rolesOf(id)).containsExactly(WRITER);
      long groups =
          realm.ask(
              (session, model) ->
                  session.users().getUserById(model, accountOf(id)).getGroupsStream().count());
      assertThat(groups).isZero();
      realm.policy(Map.of("application-default-roles", ""));
      assertThat(rolesOf(register(PERSON, "poor"))).isEmpty();
    }

    @Test
    void hasNoClientScopesWhateverTheRealmGivesNewClients() {
      realm.change(
          (session, model) -> {
            for (boolean always : new boolean[] {true, false}) {
              ClientScopeModel scope = model.addClientScope("usual-" + always);
              scope.setProtocol("openid-connect");
              model.addDefaultClientScope(scope, always);
            }
          });
      String id = register();
      assertThat(is(id, client -> client.getClientScopes(true).keySet().isEmpty())).isTrue();
      assertThat(is(id, client -> client.getClientScopes(false).keySet().isEmpty())).isTrue();
    }

    @Test
    void isNotMadeIfARoleOfThePolicyIsMissing() {
      realm.policy(Map.of("application-default-roles", WRITER + "##no-such-role"));
      refused(
          PERSON, "x", "", "The realm's policy names the role no-such-role, which does not exist");
    }

    @Test
    void ownsApiKeysByItsServiceAccount() {
      String id = register();
      KeyKind kind =
          realm.ask(
              (session, model) ->
                  new Applications(session, model)
                      .owner(model.getClientById(id))
                      .orElseThrow()
                      .kind());
      assertThat(kind).isEqualTo(KeyKind.API_KEY);
      String owner =
          realm.ask(
              (session, model) ->
                  new Applications(session, model)
                      .owner(model.getClientById(id))
                      .orElseThrow()
                      .id());
      assertThat(owner).isEqualTo(accountOf(id));
    }

    @Test
    void ownsNothingOnceItsServiceAccountIsSwitchedOff() {
      String id = register();
      realm.change(
          (session, model) -> {
            ClientModel client = model.getClientById(id);
            client.setServiceAccountsEnabled(false);
            session.users().removeUser(model, session.users().getServiceAccount(client));
          });
      realm.change(
          (session, model) -> {
            Applications applications = new Applications(session, model);
            assertThat(applications.owner(model.getClientById(id))).isEmpty();
            assertRefused(
                () -> applications.requireOwner(model.getClientById(id)),
                "application",
                "has no service account any more: an administrator has switched it off, and can"
                    + " switch it on again");
          });
    }

    private String contacts(String id) {
      return text(id, client -> client.getAttribute("access-keys.contacts"));
    }
  }

  @Nested
  class TheMostOfAPerson {

    @Test
    void areTheirLimit() {
      register(PERSON, "one");
      register(PERSON, "two");
      refused(PERSON, "three", "", "Nobody may have more than 2 applications");
      register(OTHER, "one");
    }

    @Test
    void mayBeNone() {
      realm.policy(Map.of("applications-per-person", "0"));
      refused(PERSON, "one", "", "Nobody may have more than 0 applications");
    }
  }

  @Nested
  class ThoseOfAPerson {

    @Test
    void areFoundByNobodyElse() {
      String mine = register();
      String theirs = register(OTHER, "theirs");
      assertThat(of(PERSON)).containsExactly(mine);
      assertThat(of(OTHER)).containsExactly(theirs);
      assertThat(finds(PERSON, mine)).isTrue();
      assertThat(finds(OTHER, mine)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "\u0000", "\ud800", "../..", "%", "🔑"})
    void areNotFoundByWhatIsNoId(String id) {
      register();
      assertThat(finds(PERSON, id)).isFalse();
    }

    @Test
    void areNotFoundByTheirClientId() {
      String id = register();
      assertThat(finds(PERSON, text(id, ClientModel::getClientId))).isFalse();
    }

    @Test
    void areNotThoseThatAnAdministratorMade() {
      for (String clientId : List.of(ROBOT, API)) {
        String id = realm.ask((session, model) -> model.getClientByClientId(clientId).getId());
        assertThat(finds(PERSON, id)).isFalse();
      }
      assertThat(of(PERSON)).isEmpty();
    }

    @Test
    void mayBeManagedBySeveral() {
      String id = register();
      owners(id, idOf(PERSON) + "##" + idOf(OTHER));
      assertThat(of(PERSON)).containsExactly(id);
      assertThat(of(OTHER)).containsExactly(id);
      owners(id, idOf(PERSON) + "x");
      assertThat(finds(PERSON, id)).isFalse();
    }

    @Test
    void haveKeysThatThePersonManages() {
      String id = register();
      String key = key(id);
      assertThat(manages(PERSON, key)).isTrue();
      assertThat(manages(OTHER, key)).isFalse();
      assertThat(manages(PERSON, realm.key(KeyKind.API_KEY).id())).isFalse();
      assertThat(manages(PERSON, realm.key(KeyKind.PERSONAL_ACCESS_TOKEN).id())).isFalse();
      assertThat(manages(PERSON, realm.key(KeyKind.CLIENT_SECRET).id())).isFalse();
    }

    private boolean manages(String person, String key) {
      return realm.ask(
          (session, model) ->
              new Applications(session, model)
                  .ofKey(user(session, model, person), SampleRealm.find(session, model, key))
                  .isPresent());
    }
  }

  @Nested
  class HandedOver {

    private void handOver(String id, String to) throws InvalidRequestException {
      InvalidRequestException refused =
          realm.ask(
              (session, model) -> {
                try {
                  new Applications(session, model)
                      .give(
                          model.getClientById(id),
                          user(session, model, to),
                          RealmPolicy.of(session, model));
                  return null;
                } catch (InvalidRequestException e) {
                  return e;
                }
              });
      if (refused != null) {
        throw refused;
      }
    }

    @Test
    void anApplicationIsTheOthersAndNobodyElses() throws InvalidRequestException {
      String id = register();
      String key = key(id);
      owners(id, idOf(PERSON) + "##somebody");
      handOver(id, OTHER);
      assertThat(of(PERSON)).isEmpty();
      assertThat(of(OTHER)).containsExactly(id);
      assertThat(text(id, client -> client.getAttribute(KeyOwner.REGISTRANTS)))
          .isEqualTo(idOf(OTHER));
      assertThat(isStored(key)).isTrue();
    }

    @Test
    void anApplicationForgetsWhomItsLastOwnerHasNamed() throws InvalidRequestException {
      person(OTHER, user -> user.setEmail("dora@acme.example"));
      person(OTHER, user -> user.setEmailVerified(true));
      String id = register();
      realm.change(
          (session, model) ->
              model.getClientById(id).setAttribute("access-keys.contacts", "alice@acme.example"));
      handOver(id, OTHER);
      assertThat(text(id, client -> client.getAttribute("access-keys.contacts"))).isNull();
    }

    @Test
    void anApplicationNeedsRoomAtTheOther() {
      String id = register();
      register(OTHER, "one");
      register(OTHER, "two");
      assertRefused(() -> handOver(id, OTHER), "", "Nobody may have more than 2 applications");
      assertThat(of(PERSON)).containsExactly(id);
    }
  }

  @Nested
  class WhenAPersonLeaves {

    private void leave() {
      realm.change(
          (session, model) ->
              new Applications(session, model).leave(user(session, model, PERSON).getId()));
    }

    @Test
    void thoseThatOthersManageTooAreTheirs() {
      String id = register();
      String key = key(id);
      owners(id, idOf(PERSON) + "##" + idOf(OTHER));
      leave();
      assertThat(of(PERSON)).isEmpty();
      assertThat(of(OTHER)).containsExactly(id);
      assertThat(isStored(key)).isTrue();
    }
  }

  private void owners(String id, String owners) {
    realm.change(
        (session, model) -> model.getClientById(id).setAttribute(KeyOwner.REGISTRANTS, owners));
  }
}
