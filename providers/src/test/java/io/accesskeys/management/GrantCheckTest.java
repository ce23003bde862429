package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import io.accesskeys.verification.ApiClientBreach;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.DetailsTypes;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.ScopeProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a key may be good for. */
final class GrantCheckTest {

  private static final String MISSING =
      "does not exist in this realm. Name the client_id of an API client, or prepare one with"
          + " PUT …/access-keys/apis/{client_id}";
  private static final String NO_ROLE =
      "`orders:write` needs the role `writer`, which the owner does not have."
          + " Assign the role to the owner, or leave the scope out";

  private final SampleRealm realm = new SampleRealm();

  /** Somebody or something that may own keys. */
  private enum Owner {
    PERSON_OF_REALM,
    ACCOUNT_OF_ROBOT,
    ROBOT_ITSELF;

    KeyOwner in(KeycloakSession session, RealmModel model) {
      ClientModel robot = model.getClientByClientId(ROBOT);
      return switch (this) {
        case PERSON_OF_REALM -> new KeyOwner.Person(user(session, model, PERSON));
        case ACCOUNT_OF_ROBOT ->
            new KeyOwner.ServiceAccount(robot, session.users().getServiceAccount(robot));
        case ROBOT_ITSELF -> new KeyOwner.Client(robot);
      };
    }
  }

  private Grant grant(Owner owner, Rights rights) {
    return realm.ask(
        (session, model) ->
            granted(() -> new GrantCheck(model).grant(rights, owner.in(session, model))));
  }

  private void refused(Owner owner, Rights rights, String field, String reason) {
    realm.change(
        (session, model) ->
            assertRefused(
                () -> new GrantCheck(model).grant(rights, owner.in(session, model)),
                field,
                reason));
  }

  private void refused(Rights rights, String field, String reason) {
    refused(Owner.PERSON_OF_REALM, rights, field, reason);
  }

  private void client(String clientId, Consumer<ClientModel> change) {
    realm.change((session, model) -> change.accept(model.getClientByClientId(clientId)));
  }

  private void takeTheRoleAway() {
    realm.change(
        (session, model) -> {
          user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER));
          session
              .users()
              .getServiceAccount(model.getClientByClientId(ROBOT))
              .deleteRoleMapping(model.getRole(WRITER));
        });
  }

  private static String why(String scope, ScopeProblem problem) {
    return new ScopeProblem.Found(API, scope, problem).sentence();
  }

  private static String cannotHaveKeys(ApiClientRule rule, String clientId) {
    return "cannot have access keys: %s: %s. GET …/access-keys/apis/%s shows everything that is"
            .formatted(rule.wireName(), rule.sentence(), clientId)
        + " wrong, and PUT repairs it";
  }

  private static Rights forClient(String clientId) {
    return new Rights(
        Optional.ofNullable(clientId), new Scopes.Named(List.of(READ)), List.of(), List.of());
  }

  private static Rights scopes(String... names) {
    return new Rights(Optional.of(API), new Scopes.Named(List.of(names)), List.of(), List.of());
  }

  private static Rights details(String... types) {
    return new Rights(
        Optional.of(API),
        new Scopes.Named(List.of()),
        Stream.of(types).map(GrantCheckTest::detail).toList(),
        List.of());
  }

  private static JsonNode detail(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  @Nested
  class TheApiClient {

    @Test
    void mustBeNamed() {
      refused(forClient(null), "client", "is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", " ", "ORDERS-API", "orders-api "})
    void mustBeThere(String clientId) {
      refused(forClient(clientId), "client", MISSING);
    }

    @Test
    void isNotNamedByItsId() {
      String id = realm.ask((session, model) -> model.getClientByClientId(API).getId());
      refused(forClient(id), "client", MISSING);
    }

    @Test
    void mustBeEnabled() {
      client(API, client -> client.setEnabled(false));
      refused(forClient(API), "client", "is disabled. Enable the client to create keys for it");
    }

    @ParameterizedTest
    @EnumSource
    void mustKeepEveryRule(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm);
      refused(forClient(API), "client", cannotHaveKeys(rule, API));
    }

    @Test
    void mustHaveOptedIn() {
      refused(forClient(ROBOT), "client", cannotHaveKeys(ApiClientRule.OPTED_IN, ROBOT));
    }

    @Test
    void isNamedInTheGrantByItsId() {
      String id = realm.ask((session, model) -> model.getClientByClientId(API).getId());
      assertThat(grant(Owner.PERSON_OF_REALM, forClient(API)).clientId()).isEqualTo(id);
    }
  }

  @Nested
  class ScopesByName {

    @ParameterizedTest
    @EnumSource(names = {"PERSON_OF_REALM", "ACCOUNT_OF_ROBOT"})
    void areThoseThatTheOwnerHasTheRolesFor(Owner owner) {
      Grant both = grant(owner, scopes(WRITE, READ));
      assertThat(realm.names(both.scopes())).containsExactlyInAnyOrder(READ, WRITE);
      assertThat(both.form()).isEqualTo(Form.FINE_GRAINED);
      takeTheRoleAway();
      assertThat(realm.names(grant(owner, scopes(READ)).scopes())).containsExactly(READ);
      refused(owner, scopes(WRITE), "scopes[0]", NO_ROLE);
      refused(owner, scopes(READ, WRITE), "scopes[1]", NO_ROLE);
    }

    @Test
    void mayBeNone() {
      assertThat(realm.names(grant(Owner.PERSON_OF_REALM, scopes()).scopes())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "orders:delete", "openid", "offline_access", "", "ORDERS:READ"})
    void mustBeOnTheMenu(String name) {
      refused(scopes(name), "scopes[0]", why(name, ScopeProblem.NO_SUCH_SCOPE));
      refused(scopes(READ, name), "scopes[1]", why(name, ScopeProblem.NO_SUCH_SCOPE));
    }

    @Test
    void areNotOfferedUnlessTheyAreOptionalAndMarked() {
      realm.change(
          (session, model) -> {
            ClientModel api = model.getClientByClientId(API);
            api.addClientScope(model.addClientScope("profile"), false);
            ClientScopeModel usual = model.addClientScope("usual");
            usual.setAttribute("access-keys.grantable", "true");
            api.addClientScope(usual, true);
            ClientScopeModel elsewhere = model.addClientScope("elsewhere");
            elsewhere.setAttribute("access-keys.grantable", "true");
          });
      Map.of(
              "profile", ScopeProblem.NOT_GRANTABLE,
              "usual", ScopeProblem.ASSIGNED_AS_DEFAULT,
              "elsewhere", ScopeProblem.NOT_ASSIGNED)
          .forEach((name, problem) -> refused(scopes(name), "scopes[0]", why(name, problem)));
    }

    @Test
    void areRefusedByTheFirstThatIsWrong() {
      takeTheRoleAway();
      refused(scopes(READ, WRITE, "nope"), "scopes[1]", NO_ROLE);
      refused(scopes(READ, "nope", WRITE), "scopes[1]", why("nope", ScopeProblem.NO_SUCH_SCOPE));
    }
  }

  @Nested
  class AClassicKey {

    private final Rights classic =
        new Rights(Optional.of(API), new Scopes.Classic(), List.of(), List.of());

    @ParameterizedTest
    @EnumSource(names = {"PERSON_OF_REALM", "ACCOUNT_OF_ROBOT"})
    void hasAllThatItsOwnerCanHaveNow(Owner owner) {
      Grant grant = grant(owner, classic);
      assertThat(grant.form()).isEqualTo(Form.CLASSIC);
      assertThat(realm.names(grant.scopes())).containsExactlyInAnyOrder(READ, WRITE);
      takeTheRoleAway();
      assertThat(realm.names(grant(owner, classic).scopes())).containsExactly(READ);
    }

    @Test
    void mayHaveNothing() {
      client(
          API, client -> client.getClientScopes(false).values().forEach(client::removeClientScope));
      assertThat(realm.names(grant(Owner.PERSON_OF_REALM, classic).scopes())).isEmpty();
    }
  }

  @Nested
  class AuthorizationDetails {

    private static final String UNKNOWN =
        "is not in the client attribute access-keys.authorization-details-types";

    @Test
    void areOfTypesThatTheApiKnows() {
      client(API, client -> client.setAttribute(DetailsTypes.ATTRIBUTE, "order##invoice"));
      assertThat(
              grant(Owner.PERSON_OF_REALM, details("invoice", "order", "order"))
                  .authorizationDetails())
          .containsExactly(detail("invoice"), detail("order"), detail("order"));
      refused(details("payment"), "authorizationDetails[0].type", UNKNOWN);
      refused(details("order", "payment"), "authorizationDetails[1].type", UNKNOWN);
      refused(details("order##invoice"), "authorizationDetails[0].type", UNKNOWN);
      refused(details("Order"), "authorizationDetails[0].type", UNKNOWN);
    }

    @Test
    void areForNoApiThatKnowsNone() {
      refused(details("order"), "authorizationDetails[0].type", UNKNOWN);
      assertThat(grant(Owner.PERSON_OF_REALM, details()).authorizationDetails()).isEmpty();
    }
  }

  @Nested
  class AClientSecret {

    private static Rights with(Optional<String> client, Scopes scopes, List<JsonNode> details) {
      return new Rights(client, scopes, details, List.of());
    }

    @Test
    void carriesNoRights() {
      Grant grant = grant(Owner.ROBOT_ITSELF, KeyRequests.NONE);
      String robot = realm.ask((session, model) -> model.getClientByClientId(ROBOT).getId());
      assertThat(grant)
          .isEqualTo(new Grant(robot, Form.FINE_GRAINED, Set.of(), List.of(), List.of()));
      Rights named = with(Optional.of(ROBOT), new Scopes.Named(List.of()), List.of());
      assertThat(grant(Owner.ROBOT_ITSELF, named)).isEqualTo(grant);
    }

    @Test
    void isForNoApi() {
      refused(
          Owner.ROBOT_ITSELF,
          with(Optional.of(API), new Scopes.Named(List.of()), List.of()),
          "client",
          "must be the owner of a client secret");
    }

    @Test
    void hasNoScopes() {
      for (Scopes scopes : List.of(new Scopes.Named(List.of(READ)), new Scopes.Classic())) {
        refused(
            Owner.ROBOT_ITSELF,
            with(Optional.empty(), scopes, List.of()),
            "scopes",
            "are not for a client secret");
      }
    }

    @Test
    void hasNoAuthorizationDetails() {
      refused(
          Owner.ROBOT_ITSELF,
          with(Optional.empty(), new Scopes.Named(List.of()), List.of(detail("order"))),
          "authorizationDetails",
          "are not for a client secret");
    }

    @Test
    void isForConfidentialClients() {
      client(ROBOT, client -> client.setPublicClient(true));
      refused(Owner.ROBOT_ITSELF, KeyRequests.NONE, "owner", "is not a confidential client");
      client(ROBOT, client -> client.setPublicClient(false));
      client(ROBOT, client -> client.setBearerOnly(true));
      refused(Owner.ROBOT_ITSELF, KeyRequests.NONE, "owner", "is not a confidential client");
    }

    @Test
    void isForClientsThatAuthenticateBySecret() {
      client(ROBOT, client -> client.setClientAuthenticatorType("client-jwt"));
      refused(
          Owner.ROBOT_ITSELF,
          KeyRequests.NONE,
          "owner",
          "does not authenticate by client id and secret");
    }
  }

  @Nested
  class RestrictionsThatTheRealmRequires {

    private static Grant restricted(String... types) {
      return new Grant("client", Form.FINE_GRAINED, Set.of(), List.of(), restrictions(types));
    }

    private static List<Restriction> restrictions(String... types) {
      return Stream.of(types).<Restriction>map(SampleRestriction::new).toList();
    }

    private static void check(String required, Grant grant) throws InvalidRequestException {
      GrantCheck.requireRestrictions(
          grant,
          RealmPolicy.of(Map.of("personal-access-token.required-restrictions", required))
              .of(KeyKind.PERSONAL_ACCESS_TOKEN));
    }

    @Test
    void areThereByType() {
      for (Grant good :
          List.of(restricted("ip", "client"), restricted("client", "referrer", "ip", "ip"))) {
        granted(
            () -> {
              check("ip##client", good);
              check("", good);
              return good;
            });
      }
    }

    @Test
    void areNotThereIfTheyKeepNobodyOut() {
      Restriction all =
          new Restriction() {
            @Override
            public String type() {
              return "ip";
            }

            @Override
            public JsonNode toJson() {
              throw new AssertionError("Nobody writes it");
            }

            @Override
            public Verdict allows(RequestFacts facts) {
              return Verdict.ALLOWED;
            }

            @Override
            public String summary() {
              return "from 0.0.0.0/0";
            }

            @Override
            public boolean limits() {
              return false;
            }
          };
      Grant wide = new Grant("client", Form.FINE_GRAINED, Set.of(), List.of(), List.of(all));
      assertRefused(
          () -> check("ip", wide),
          "restrictions",
          "must have one of each type that the realm requires: ip; the restriction from 0.0.0.0/0"
              + " allows more than half of all addresses, which counts as none: name fewer");
      granted(
          () -> {
            check("", wide);
            return wide;
          });
      Restriction narrow = new SampleRestriction("ip");
      granted(
          () -> {
            Grant both =
                new Grant("client", Form.FINE_GRAINED, Set.of(), List.of(), List.of(all, narrow));
            check("ip", both);
            return both;
          });
    }

    @Test
    void areNamedInOrderIfOneIsMissing() {
      String reason = "must have one of each type that the realm requires: client, ip";
      for (Grant poor : List.of(restricted(), restricted("ip"), restricted("client", "android"))) {
        assertRefused(() -> check("ip##client", poor), "restrictions", reason);
      }
    }
  }
}
