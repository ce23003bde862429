package io.accesskeys.it.removal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to a whole realm, and to what its policy names. */
class RemovalRealmIT {

  private TestRealm realm;
  private Stage stage;

  @BeforeEach
  void create() throws IOException {
    ObjectNode file = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped("removal-realm"));
    stage = new Stage("alone");
    stage.writeTo(file);
    realm = TestRealm.imported("removal-realm", file.toString());
    stage.enter(realm);
    stage.pat();
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  @Test
  void aRealmThatIsDisabledRefusesItsKeysUntilItIsEnabled() {
    assertThat(stage.outcome()).isEqualTo("accepted");
    realm.change("", Map.of("enabled", false));
    assertThat(stage.outcome()).isEqualTo("refused");
    realm.change("", Map.of("enabled", true));
    assertThat(stage.outcome()).isEqualTo("accepted");
  }

  @Test
  void aRealmThatGetsAnotherNameOrAddressKeepsItsKeys() {
    realm.change("", Map.of("attributes", Map.of("frontendUrl", "https://id.acme.example")));
    assertThat(stage.outcome()).isEqualTo("accepted");
    TestRealm renamed = TestRealm.existing("removal-renamed");
    realm.change("", Map.of("realm", renamed.name()));
    try {
      TestKey key = stage.key();
      assertThat(renamed.verify(key.text(), "?client=alone-api").status()).isEqualTo(200);
      assertThat(realm.verify(key.text(), "?client=alone-api").status()).isEqualTo(404);
    } finally {
      renamed.close();
    }
  }

  @Test
  void aRealmThatIsMadeAgainUnderTheSameIdHasNoKeys() throws IOException {
    String id = realm.admin("GET", "", null).expect(200).text("id");
    realm.close();
    ObjectNode file = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped("removal-realm"));
    stage.writeTo(file.put("id", id));
    URI realms = URI.create(realm.server().baseUri() + "/admin/realms");
    Http.json("POST", realms, realm.asAdmin(), file.toString()).expect(201);
    assertThat(realm.admin("GET", "", null).expect(200).text("id")).isEqualTo(id);
    assertThat(stage.outcome()).isEqualTo("deleted");
  }

  /** What names a role in the policy is by name; nobody has a role that is gone. */
  @Test
  void aRoleThatThePolicyAsksForAndThatIsGoneIsHadByNobody() {
    realm.policy(Map.of("self-service-role", "orders:read")).expect(204);
    String request = "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\"}";
    realm.create("alice", request).expect(201);
    realm.admin("DELETE", "/roles/orders:read", null).expect(204);
    realm.create("alice", request).expect(403);
    assertThat(stage.outcome()).isEqualTo("accepted");
  }
}
