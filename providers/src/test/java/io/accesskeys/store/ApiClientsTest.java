package io.accesskeys.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The API client of a realm that has just one. */
final class ApiClientsTest {

  private final SampleRealm realm = new SampleRealm();

  private Optional<String> only() {
    return realm.ask(ApiClientsTest::only);
  }

  private static Optional<String> only(KeycloakSession session, RealmModel model) {
    return session.getProvider(KeyStore.class).onlyApiClient(model).map(ClientModel::getClientId);
  }

  private void optIn(String clientId, boolean in) {
    realm.change(
        (session, model) -> {
          ClientModel client = model.getClientByClientId(clientId);
          client.setAttribute("access-keys.enabled", String.valueOf(in));
          tell(session, client);
        });
  }

  /** As Keycloak does when an administrator has changed a client. */
  private static void tell(KeycloakSession session, ClientModel client) {
    session
        .getKeycloakSessionFactory()
        .publish(
            Partial.of(
                ClientModel.ClientUpdatedEvent.class,
                (method, arguments) ->
                    Optional.of(method.equals("getUpdatedClient") ? client : session)));
  }

  @Test
  void isFoundAmongAllClients() {
    assertThat(only()).hasValue(SampleRealm.API);
  }

  /** A change that nobody was told of is not seen yet: the clients were not asked again. */
  @Test
  void isNotLookedForAgain() {
    assertThat(only()).hasValue(SampleRealm.API);
    realm.change(
        (session, model) ->
            model
                .getClientByClientId(SampleRealm.ROBOT)
                .setAttribute("access-keys.enabled", "true"));
    assertThat(only()).hasValue(SampleRealm.API);
  }

  @Test
  void isLookedForAgainAfterAClientHasChanged() {
    assertThat(only()).hasValue(SampleRealm.API);
    optIn(SampleRealm.ROBOT, true);
    assertThat(only()).as("two").isEmpty();
    optIn(SampleRealm.API, false);
    assertThat(only()).as("the other").hasValue(SampleRealm.ROBOT);
    optIn(SampleRealm.ROBOT, false);
    assertThat(only()).as("none").isEmpty();
  }

  @Test
  void isNoneAtOnceIfItOptsOutSilently() {
    assertThat(only()).hasValue(SampleRealm.API);
    realm.change(
        (session, model) ->
            model
                .getClientByClientId(SampleRealm.API)
                .setAttribute("access-keys.enabled", "false"));
    assertThat(only()).isEmpty();
  }

  @Test
  void isNotRememberedBeforeTheChangeIsCommitted() {
    realm.change(
        (session, model) -> {
          ClientModel robot = model.getClientByClientId(SampleRealm.ROBOT);
          robot.setAttribute("access-keys.enabled", "true");
          tell(session, robot);
          assertThat(only(session, model)).hasValue(SampleRealm.API);
        });
    assertThat(only()).isEmpty();
  }
}
