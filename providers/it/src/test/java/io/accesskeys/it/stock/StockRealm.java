package io.accesskeys.it.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.TestSigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One realm for several servers, with the same ids in all of them. Keycloak makes a realm of a file
 * by adding clients, roles and scopes of its own; what it has made is taken out again, ids and all,
 * and given to every server.
 *
 * @param json the realm as a whole
 */
record StockRealm(String json) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FILE = Path.of("src/test/resources/stock/realm.json");
  private static final String KEYS = "org.keycloak.keys.KeyProvider";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** As this server makes it; it keeps nothing. */
  static StockRealm madeBy(KeycloakServer server) {
    JsonNode written = written();
    try (TestRealm realm = TestRealm.imported(server, "stock", written.toString())) {
      ObjectNode made =
          (ObjectNode)
              realm
                  .admin("POST", "/partial-export?exportClients=true&exportGroupsAndRoles=true", "")
                  .expect(200)
                  .json();
      // An export has no people in it, and asterisks for secrets.
      made.set("users", written.path("users"));
      made.set("identityProviders", written.path("identityProviders"));
      ((ObjectNode) made.path("components")).set(KEYS, written.path("components").path(KEYS));
      // Without it the consent page lists them as the database happens to give them.
      int order = 0;
      for (JsonNode scope : made.path("clientScopes")) {
        ((ObjectNode) scope).withObject("attributes").put("gui.order", String.valueOf(++order));
      }
      for (JsonNode client : made.path("clients")) {
        for (JsonNode one : written.path("clients")) {
          if (one.has("secret") && one.path("clientId").equals(client.path("clientId"))) {
            ((ObjectNode) client).set("secret", one.path("secret"));
          }
        }
      }
      return new StockRealm(made.toString());
    }
  }

  /** What a server answers that is given this realm, for as long as it is asked. */
  Map<StockRequest, StockAnswer> answersOf(KeycloakServer server) {
    try (TestRealm realm = TestRealm.imported(server, "stock", json)) {
      return new StockRecorder(realm.server(), ids()).play(StockRequest.all());
    }
  }

  /** The ids that are the same everywhere. */
  private Set<String> ids() {
    return UUID.matcher(json).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static JsonNode written() {
    try {
      return JSON.readTree(
          Files.readString(FILE)
              .replace("{private-key}", TestSigningKey.text())
              .replace("{public-key}", TestSigningKey.publicText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
