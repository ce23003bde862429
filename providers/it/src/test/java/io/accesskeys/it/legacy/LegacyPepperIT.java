package io.accesskeys.it.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that another system hashed with a pepper, which Keycloak's vault of files has. */
@Full
class LegacyPepperIT {

  private static final byte[] PEPPER = "a pepper, 32 bytes or longer than that".getBytes(UTF_8);

  private static String hmac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(PEPPER, "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
  }

  @Test
  void aTextIsFoundByItsHmac(@TempDir Path vault) throws IOException, GeneralSecurityException {
    Files.write(vault.resolve("pepper_legacy__pepper"), PEPPER);
    Settings settings =
        Settings.ofItsOwn()
            .withBuildOptions(
                List.of("--health-enabled=true", "--metrics-enabled=true", "--vault=file"))
            .withOptions(List.of("--vault-dir=" + vault));
    try (KeycloakServer server = KeycloakServer.start(settings);
        TestRealm realm = TestRealm.create(server, "pepper")) {
      Map<String, String> policy = new HashMap<>(LegacyTable.accepted());
      policy.put("legacy-pepper", "${vault.legacy_pepper}");
      realm.policy(policy).expect(204);
      String text = "sk_live_" + UUID.randomUUID();
      String table =
          "hash,owner,client,scopes\n%s,billing-worker,acme-api,orders:read\n"
              .formatted(hmac(text));
      LegacyTable into = new LegacyTable(realm);
      assertThat(
              into.post("kind=api-key&algorithm=hmac-sha256", table)
                  .expect(200)
                  .json()
                  .path(0)
                  .path("result")
                  .asText())
          .isEqualTo("created");
      realm.verify(text, "?client=acme-api").expect(200);
      realm.verify(text + "x", "?client=acme-api").expect(401);
      String plain = "sk_live_" + UUID.randomUUID();
      into.apiKey(plain);
      realm.verify(plain, "?client=acme-api").expect(200);
      assertThat(Files.readString(server.log())).doesNotContain("a pepper").doesNotContain(text);
    }
  }
}
