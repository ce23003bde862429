package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Without what makes it a token minted from a key, the token would be as good as any other. */
class DirectGrantSwitchIT {

  private static final String SWITCH = "--spi-token-interceptor--access-keys--enabled=false";

  @Test
  void withoutTheTokenPostProcessorKeysAreRefused() {
    Settings settings = Settings.standard();
    try (KeycloakServer server =
            KeycloakServer.start(
                settings
                    .withRealms(List.of())
                    .withBuildOptions(
                        Stream.concat(settings.buildOptions().stream(), Stream.of(SWITCH))
                            .toList()));
        TestRealm realm = TestRealm.create(server, "direct-grant-off")) {
      DirectGrant grant = DirectGrant.withOnly(realm, DirectGrant.TOKEN_STEP);
      TestKey key = realm.pat("alice", "orders:read");
      realm.grant(key.text(), Map.of()).expect(200);

      Reply reply = grant.send("alice", key.text());

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("error")).isEqualTo("invalid_grant");
      assertThat(realm.admin("GET", "/events?type=LOGIN_ERROR", null).body())
          .contains("switched_off");
    }
  }
}
