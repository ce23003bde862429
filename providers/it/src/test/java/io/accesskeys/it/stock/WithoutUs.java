package io.accesskeys.it.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.realm.AccountMenu;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a Keycloak answers that has no jar at all.
 *
 * @param realm as it has made it, to be given to others
 * @param answers to all requests
 * @param discovery of its realm master
 * @param accountMenu of the shipped realm, under the name of {@link SwitchedOff#REALM}
 */
record WithoutUs(
    StockRealm realm,
    Map<StockRequest, StockAnswer> answers,
    JsonNode discovery,
    String accountMenu) {

  /** Starts one for as long as it is asked. */
  static WithoutUs asked() {
    try (KeycloakServer server =
        KeycloakServer.start(Settings.ofItsOwn().withProviders(List.of()))) {
      StockRealm realm = StockRealm.madeBy(server);
      return new WithoutUs(
          realm,
          realm.answersOf(server),
          discovery(server),
          AccountMenu.of(TestRealm.create(server, SwitchedOff.REALM)).expect(200).body());
    }
  }

  /** Keycloak lists the client scopes in the order of a hash of their random ids. */
  static JsonNode discovery(KeycloakServer server) {
    String body =
        Http.get(
                URI.create(server.baseUri() + "/realms/master/.well-known/openid-configuration"),
                Map.of())
            .expect(200)
            .body()
            .replace(server.baseUri().toString(), "");
    try {
      ObjectNode document = (ObjectNode) new ObjectMapper().readTree(body);
      List<String> scopes =
          StreamSupport.stream(document.path("scopes_supported").spliterator(), false)
              .map(JsonNode::asText)
              .sorted()
              .toList();
      return document.put("scopes_supported", String.join(" ", scopes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
