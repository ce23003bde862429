package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;

final class DetailsTypesTest {

  private final SampleRealm realm = new SampleRealm();

  private Set<String> listed(String attribute) {
    return realm.ask(
        (session, model) -> {
          ClientModel client = model.getClientByClientId(SampleRealm.API);
          client.setAttribute(DetailsTypes.ATTRIBUTE, attribute);
          return DetailsTypes.of(client);
        });
  }

  @Test
  void areThoseThatTheClientLists() {
    assertThat(listed("payment")).containsExactly("payment");
    assertThat(listed("payment##account##payment")).containsExactlyInAnyOrder("payment", "account");
  }

  @Test
  void areNoneWhereTheClientListsNone() {
    assertThat(
            realm.<Set<String>>ask(
                (session, model) -> DetailsTypes.of(model.getClientByClientId(SampleRealm.API))))
        .isEmpty();
  }
}
