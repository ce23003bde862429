package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.TestRealm;

/** {@code POST …/partialImport}, with OVERWRITE, into a realm that exists. */
record PartialImport(KeycloakServer server) implements Tool {

  @Override
  public String heading() {
    return "partial import";
  }

  @Override
  public boolean apply(ObjectNode file) {
    TestRealm realm = TestRealm.existing(server, file.path("realm").asText());
    if (realm.admin("GET", "", null).status() == 404) {
      ObjectNode empty = file.objectNode().put("realm", realm.name()).put("enabled", true);
      empty.set("components", file.path("components"));
      new WholeRealm(server).apply(empty);
    }
    ObjectNode part = file.deepCopy().put("ifResourceExists", "OVERWRITE");
    return realm.admin("POST", "/partialImport", part.toString()).status() == 200;
  }
}
