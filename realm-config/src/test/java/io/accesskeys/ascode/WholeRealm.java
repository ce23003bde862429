package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;

/** {@code POST /admin/realms}, which the Admin Console and kcadm send too. */
record WholeRealm(KeycloakServer server) implements Tool {

  @Override
  public String heading() {
    return "`POST /admin/realms`";
  }

  @Override
  public boolean apply(ObjectNode file) {
    URI realms = URI.create(server.baseUri() + "/admin/realms");
    return Http.json(
                "POST", realms, TestRealm.existing(server, "master").asAdmin(), file.toString())
            .status()
        == 201;
  }
}
