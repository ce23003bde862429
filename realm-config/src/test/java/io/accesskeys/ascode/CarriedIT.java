package io.accesskeys.ascode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in configuration-as-code.md says what happens: the tools that need a request only. */
class CarriedIT {

  private static void assertThatTheTableIsRight(Tool tool, String realm) {
    assertThat(new Experiment(tool, KeycloakServer::shared).run(realm))
        .as(tool.heading())
        .isEqualTo(CarriedTable.read().column(tool.heading()));
  }

  @Test
  void ourOwnEndpoints() {
    assertThatTheTableIsRight(new OwnEndpoints(KeycloakServer.shared()), "carried-own");
  }

  @Test
  void aWholeRealm() {
    assertThatTheTableIsRight(new WholeRealm(KeycloakServer.shared()), "carried-whole");
  }

  @Test
  void aPartialImport() {
    assertThatTheTableIsRight(new PartialImport(KeycloakServer.shared()), "carried-partial");
  }

  /** The attributes of the client are all that Terraform says of what keys may have. */
  @Test
  void whatTheTerraformFileSaysOfTheClientIsEnough() {
    ObjectNode file = ShopFile.named("carried-terraform");
    file.path("clientScopes")
        .forEach(
            scope ->
                ((ObjectNode) scope.path("attributes"))
                    .remove(List.of("access-keys.grantable", "access-keys.open")));
    ObjectNode attributes =
        ShopFile.client(file, "shop-api")
            .putObject("attributes")
            .put("use.refresh.tokens", "false");
    TerraformFile.resource("keycloak_openid_client", "shop_api").pairs().forEach(attributes::put);
    try (TestRealm realm = TestRealm.imported("carried-terraform", file.toString())) {
      JsonNode api = realm.admin("GET", "/access-keys/apis/shop-api", null).expect(200).json();
      assertThat(api.path("ready").asBoolean()).as(api.toString()).isTrue();
      String key =
          """
          {"kind":"api-key","name":"test","client":"shop-api","owner":{"client":"billing-worker"},
           "scopes":["orders:read","status:read"]}
          """;
      assertThat(realm.admin("POST", "/access-keys", key).expect(201).json().path("scopes"))
          .hasSize(2);
    }
  }
}
