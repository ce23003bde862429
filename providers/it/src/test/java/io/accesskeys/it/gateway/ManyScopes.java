package io.accesskeys.it.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The shipped realm with many more scopes, all for whoever may read orders. */
final class ManyScopes {

  /** With their names a list of some 8 KB. */
  private static final List<String> MORE =
      IntStream.range(0, 38).mapToObj(i -> "orders:" + i + ":" + "long-".repeat(42)).toList();

  private ManyScopes() {}

  /** A fresh realm of this name; the caller closes it. */
  static TestRealm create(String name) {
    return TestRealm.imported(name, realm(name));
  }

  /** All scopes that a key can have there and that {@code orders:read} needs the role for. */
  static String[] all() {
    List<String> all = new ArrayList<>(MORE);
    all.add("orders:read");
    return all.toArray(String[]::new);
  }

  /** The length of the list of them all, as it is in a header and in a JWT. */
  static int length() {
    return String.join(" ", all()).getBytes(UTF_8).length;
  }

  private static String realm(String name) {
    try {
      ObjectNode realm = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped(name));
      JsonNode like = named(realm.path("clientScopes"), "name", "orders:read");
      ObjectNode api = (ObjectNode) named(realm.path("clients"), "clientId", "acme-api");
      for (String scope : MORE) {
        ((ArrayNode) realm.path("clientScopes"))
            .add(((ObjectNode) like.deepCopy()).put("name", scope));
        ((ArrayNode) api.path("optionalClientScopes")).add(scope);
        ((ArrayNode) realm.path("scopeMappings"))
            .addObject()
            .put("clientScope", scope)
            .putArray("roles")
            .add("orders:read");
      }
      return realm.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode named(JsonNode all, String member, String name) {
    for (JsonNode one : all) {
      if (one.path(member).asText().equals(name)) {
        return one;
      }
    }
    throw new IllegalStateException("The shipped realm has no " + name);
  }
}
