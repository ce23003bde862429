package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Without what makes it a token minted from a key, a token would be as good as any other. */
@Full
class MintingSwitchIT {

  private static final List<String> SWITCHES =
      List.of(
          "--spi-token-interceptor--access-keys--enabled=false",
          "--spi-oauth2-grant-type--urn:access-keys:grant-type:access-key--enabled=false");

  @Test
  void whereNoTokensAreMintedKeysAreStillDecidedOnAndNeverTraded() {
    Settings settings = Settings.ofItsOwn();
    try (KeycloakServer server =
            KeycloakServer.start(
                settings.withBuildOptions(
                    Stream.concat(settings.buildOptions().stream(), SWITCHES.stream()).toList()));
        TestRealm realm = TestRealm.create(server, "minting-off")) {
      DirectGrant grant = DirectGrant.withOnly(realm, DirectGrant.TOKEN_STEP);
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
      assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean()).isTrue();

      Reply direct = grant.send("alice", key.text());
      Reply exchange =
          realm.oidc(
              "token",
              TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
              Map.of(
                  "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                  "subject_token", key.text(),
                  "subject_token_type", "urn:access-keys:token-type:access-key"));
      Reply signed = realm.verify(key.text(), "?client=acme-api&jwt=true");

      assertThat(direct.status()).isEqualTo(400);
      assertThat(direct.text("error")).isEqualTo("invalid_grant");
      assertThat(realm.admin("GET", "/events?type=LOGIN_ERROR", null).body())
          .contains("switched_off");
      assertThat(exchange.status()).isEqualTo(400);
      assertThat(exchange.text("error")).isEqualTo("unauthorized_client");
      assertThat(signed.status()).isEqualTo(400);
      assertThat(signed.text("field")).isEqualTo("jwt");
    }
  }
}
