package io.accesskeys.it.removal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to a whole realm, and to the required action with its policy. */
class RemovalRealmIT {

  private static final String ACTION = "/authentication/required-actions/create-access-key";

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

  /** What tools and people do to the required action that has the policy. */
  enum Rewriting {
    /** The stock Admin Console switches it off. */
    DISABLED {
      @Override
      void of(TestRealm realm) {
        realm.change(ACTION, Map.of("enabled", false));
      }
    },
    /** keycloak-config-cli deletes actions that its file lacks. */
    DELETED {
      @Override
      void of(TestRealm realm) {
        realm.admin("DELETE", ACTION, null).expect(204);
      }
    },
    /** The button in the stock Admin Console. */
    CLEARED {
      @Override
      void of(TestRealm realm) {
        realm.admin("DELETE", ACTION + "/config", null).expect(204);
      }
    },
    /** Terraform and scripts write the action, and have never heard of its config. */
    WRITTEN_WITHOUT_CONFIG {
      @Override
      void of(TestRealm realm) {
        ObjectNode action = (ObjectNode) realm.admin("GET", ACTION, null).expect(200).json();
        action.remove("config");
        realm.admin("PUT", ACTION, action.toString()).expect(204);
      }
    },
    /** keycloak-config-cli again, whose next file has it. */
    REGISTERED_ANEW {
      @Override
      void of(TestRealm realm) {
        realm.admin("DELETE", ACTION, null).expect(204);
        Reply reply =
            realm.admin(
                "POST",
                "/authentication/register-required-action",
                "{\"providerId\":\"create-access-key\",\"name\":\"Create Access Key\"}");
        assertThat(reply.status()).isEqualTo(204);
      }
    };

    abstract void of(TestRealm realm);
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyThatIsRewrittenLoosensNothing(Rewriting rewriting) {
    realm
        .policy(
            Map.of("personal-access-token.enabled", "false", "api-key.required-restrictions", "ip"))
        .expect(204);
    assertThat(stage.outcome()).isEqualTo("refused");
    rewriting.of(realm);
    assertThat(stage.outcome()).as("a kind that is switched off").isEqualTo("refused");
    Reply unrestricted =
        realm.admin(
            "POST",
            "/access-keys",
            "{\"kind\":\"api-key\",\"name\":\"x\",\"client\":\"alone-api\","
                + "\"owner\":{\"client\":\"alone-service\"},\"scopes\":[]}");
    assertThat(unrestricted.status()).as("a key without its restriction").isEqualTo(400);
  }
}
