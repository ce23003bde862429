package io.accesskeys.management;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.ApiClientBreach;
import io.accesskeys.verification.ApiClientRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

final class CreationOptionsTest {

  @Nested
  class Apis {

    private final SampleRealm realm = new SampleRealm();

    /** What alice is offered: {@code orders-api [orders:read, orders:write]}. */
    private List<String> offered() {
      return realm.ask(
          (session, model) ->
              CreationOptions.apis(model, user(session, model, PERSON))
                  .map(
                      api ->
                          api.client().getClientId()
                              + " "
                              + api.scopes().stream().map(ClientScopeModel::getName).toList())
                  .toList());
    }

    private void client(String clientId, Consumer<ClientModel> change) {
      realm.change((session, model) -> change.accept(model.getClientByClientId(clientId)));
    }

    private static void optIn(ClientModel client) {
      client.setAttribute("access-keys.enabled", "true");
      client.setAttribute("use.refresh.tokens", "false");
    }

    @Test
    void areThoseThatMayHaveKeysWithTheScopesThatTheOwnerCanHave() {
      assertThat(offered()).containsExactly("orders-api [orders:read, orders:write]");
      realm.change(
          (session, model) ->
              user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER)));
      assertThat(offered()).containsExactly("orders-api [orders:read]");
    }

    @Test
    void areInTheOrderOfTheirClientIds() {
      client(ROBOT, Apis::optIn);
      realm.change(
          (session, model) -> {
            ClientModel early = model.addClient("billing-api");
            early.setEnabled(true);
            early.setProtocol("openid-connect");
            early.setFullScopeAllowed(false);
            optIn(early);
            model.getClientByClientId(API).getClientScopes(false).values().stream()
                .filter(scope -> scope.getName().equals(READ))
                .forEach(scope -> early.addClientScope(scope, false));
          });
      assertThat(offered())
          .containsExactly(
              "billing-api [orders:read]", "orders-api [orders:read, orders:write]", "robot []");
    }

    @Test
    void areEnabled() {
      client(API, client -> client.setEnabled(false));
      assertThat(offered()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keepEveryRule(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm);
      assertThat(offered()).isEmpty();
    }

    @Test
    void areCalledByTheirNameIfTheyHaveOne() {
      List<String> names = new ArrayList<>();
      for (String name : new String[] {null, "", " ", "Orders"}) {
        client(API, client -> client.setName(name));
        names.add(
            realm.ask(
                (session, model) ->
                    CreationOptions.apis(model, user(session, model, PERSON))
                        .findFirst()
                        .orElseThrow()
                        .name()));
      }
      assertThat(names).containsExactly(API, API, API, "Orders");
    }

    @Test
    void offerNoScopeThatIsNotMarked() {
      client(API, client -> scope(client, WRITE).removeAttribute("access-keys.grantable"));
      assertThat(offered()).containsExactly("orders-api [orders:read]");
    }

    private static ClientScopeModel scope(ClientModel client, String name) {
      return client.getClientScopes(false).get(name);
    }
  }

  @Nested
  class Lifetimes {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        nullValues = "-",
        value = {
          // default, maximum, choice, presets and what is offered, in days
          "-   | -    | chosen | -                  | 30 7 60 90",
          "P2D | P7D  | chosen | -                  | 2 7",
          "-   | P3D  | chosen | -                  | 3",
          "P60D| -    | chosen | -                  | 60 7 30 90",
          "P2D | none | chosen | -                  | 2 7 30 60 90",
          "P2D | P90D | chosen | P1000D##P90D##P91D | 2 90",
          "-   | -    | fixed  | -                  | 30",
          "P2D | none | fixed  | P1D##P3D           | 2",
        })
    void areTheUsualOneAndThePresetsUpToTheMaximum(
        String usual, String most, String choice, String presets, String days) {
      Map<String, String> settings = new HashMap<>();
      settings.put("api-key.default-lifetime", usual);
      settings.put("api-key.max-lifetime", most);
      settings.put("api-key.expiry", choice);
      settings.put("lifetime-presets", presets);
      RealmPolicy policy = RealmPolicy.of(settings);
      assertThat(policy.invalid()).isEmpty();
      assertThat(CreationOptions.lifetimes(policy, KeyKind.API_KEY))
          .containsExactlyElementsOf(
              Stream.of(days.split(" ")).map(Long::valueOf).map(Duration::ofDays).toList());
    }

    @Test
    void areThoseOfTheKind() {
      RealmPolicy policy = RealmPolicy.of(Map.of("api-key.max-lifetime", "P3D"));
      assertThat(CreationOptions.lifetimes(policy, KeyKind.PERSONAL_ACCESS_TOKEN)).hasSize(4);
    }
  }
}
