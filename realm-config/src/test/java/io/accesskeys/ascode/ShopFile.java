package io.accesskeys.ascode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.realm.TestSigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The realm file that the page shows, changed for a question. */
final class ShopFile {

  static final Path FILE = Checkout.root().resolve("realm-config/as-code/shop.json");

  /** What the environment does not have. */
  static final String UNSET = "${SHOP_BILLING_WORKER_SECRET}";

  static final String DEFAULT = "from-the-default";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ShopFile() {}

  /**
   * The file under this name, with only our required action in it, and with a default for the
   * gateway's secret.
   */
  static ObjectNode named(String realm) {
    try {
      ObjectNode file = (ObjectNode) JSON.readTree(FILE.toFile());
      file.put("realm", realm);
      // Instead of one that Keycloak would make in seconds.
      file.set("components", JSON.readTree(TestSigningKey.component()));
      ArrayNode actions = JSON.createArrayNode().add(policyAction(file));
      file.set("requiredActions", actions);
      client(file, "shop-gateway").put("secret", "${SHOP_GATEWAY_SECRET:" + DEFAULT + "}");
      client(file, "billing-worker").put("secret", UNSET);
      return file;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("No JSON in " + FILE, e);
    } catch (IOException e) {
      throw new UncheckedIOException("No file " + FILE, e);
    }
  }

  /** The same with another description of the API. */
  static ObjectNode changed(String realm) {
    ObjectNode file = named(realm);
    client(file, "shop-api").put("description", "Changed in git");
    return file;
  }

  static ObjectNode withUnreadablePolicy(String realm) {
    ObjectNode file = named(realm);
    policyAction(file).withObject("config").put("api-key.max-lifetime", "ninety days");
    return file;
  }

  static ObjectNode policyAction(ObjectNode file) {
    return find(file.path("requiredActions"), "alias", "create-access-key");
  }

  static ObjectNode client(ObjectNode file, String clientId) {
    return find(file.path("clients"), "clientId", clientId);
  }

  private static ObjectNode find(JsonNode array, String member, String value) {
    for (JsonNode element : array) {
      if (element.path(member).asText().equals(value)) {
        return (ObjectNode) element;
      }
    }
    throw new AssertionError("No " + value + " in " + FILE);
  }
}
