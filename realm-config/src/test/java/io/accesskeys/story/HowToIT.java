package io.accesskeys.story;

import io.accesskeys.bench.AdminCli;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.TestRealm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that tell how to set up a realm of your own, typed as they stand. */
@RequiresTool({"bash", "curl", "jq", "openssl"})
class HowToIT {

  @TempDir private static Path home;

  @ParameterizedTest
  @ValueSource(strings = {"your-own-api", "configuration-as-code"})
  void everyBlockPrintsWhatThePageShows(String name) {
    KeycloakServer server = KeycloakServer.shared();
    Map<String, String> variables = new HashMap<>(AdminCli.variables(home));
    variables.put("KC", server.baseUri().toString());
    List<Walk.Step> steps =
        Walk.of(Checkout.root().resolve("realm-config/" + name + ".md")).steps();
    try (TestRealm shop = TestRealm.existing(server, "shop")) {
      PrintedPage.assertRight(
          steps, Bash.run(steps.stream().map(Walk.Step::bash).toList(), variables));
      shop.admin("GET", "", null).expect(200);
    }
  }
}
