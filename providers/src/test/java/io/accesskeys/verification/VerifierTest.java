package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Decision.Accepted;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On Keycloak's own models. Over HTTP, with caches and on two nodes, the ITs ask the same. */
final class VerifierTest {

  private final SampleRealm realm = new SampleRealm();

  private Decision verify(String presented) {
    return realm.ask(
        (session, model) -> new Verifier(session).verify(presented, facts(), Demand.NONE));
  }

  private RequestFacts facts() {
    return new RequestFacts(
        Optional.of("203.0.113.7"), Optional.empty(), RequestHeaders.NONE, Instant.now());
  }

  @Test
  void aGoodKeyIsAccepted() {
    Stored key = realm.key(KeyKind.PERSONAL_ACCESS_TOKEN);
    assertThat(verify(key.text().reveal())).isInstanceOf(Accepted.class);
  }
}
