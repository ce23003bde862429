package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a key needs by what it was used for, and a key that is narrowed to it. */
class SuggestionIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> FEW =
      Map.of("suggestion-min-uses", "3", "suggestion-min-days", "1");
  private static final List<String> SCOPES =
      List.of("orders:read", "orders:write", "status:read", "stock:read");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("suggestion");
    realm
        .admin(
            "PUT",
            "/access-keys/apis/acme-api",
            "{\"scopes\":[{\"name\":\"status:read\",\"open\":true},{\"name\":\"stock:read\",\"open\":true}]}")
        .expect(200);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void fromFewUses() {
    realm.policy(FEW).expect(204);
  }

  private static TestKey wide() {
    return realm.pat(
        "alice",
        Map.of(
            "scopes",
            SCOPES,
            "restrictions",
            List.of(Map.of("type", "ip", "allow", List.of("203.0.0.0/16", "2001:db8::/32")))));
  }

  private static int use(TestKey key, String query, String address) {
    return Http.get(
            realm.uri("/access-keys/verify?client=acme-api" + query),
            TestRealm.and(
                TestRealm.bearer(key.text()),
                Map.of("X-Forwarded-For", address, "X-Forwarded-Proto", "https")))
        .status();
  }

  private static void useToRead(TestKey key, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(use(key, "&scope=orders:read", "203.0.113." + (9 + i))).isEqualTo(200);
    }
    realm.writeUses();
  }

  private static JsonNode suggested(TestKey key) {
    return realm.own("alice", "GET", key, "/suggestion", "").expect(200).json();
  }

  private static String choice(JsonNode suggestion) {
    ObjectNode choice = JSON.createObjectNode();
    choice.set("scopes", suggestion.path("scopes"));
    choice.set("restrictions", suggestion.path("restrictions"));
    return choice.toString();
  }

  @Test
  void aKeyWithUnusedScopesAndAWideNetworkIsNarrowedInTwoCallsAndGoesOnWorking() {
    TestKey key = wide();
    useToRead(key, 4);
    realm.policy(TestRealm.and(FEW, Map.of("max_auth_age", "0"))).expect(204);

    JsonNode suggestion = suggested(key);
    assertThat(suggestion.path("scopes").toString()).isEqualTo("[\"orders:read\"]");
    assertThat(suggestion.path("restrictions").toString())
        .isEqualTo("[{\"type\":\"ip\",\"allow\":[\"203.0.113.0/24\"]}]");
    assertThat(suggestion.at("/basedOn/uses").asInt()).isEqualTo(4);
    assertThat(suggestion.at("/basedOn/days").asInt()).isEqualTo(1);
    assertThat(suggestion.at("/wouldHaveRefused/uses").asInt()).isZero();
    assertThat(suggestion.path("notSuggested")).isEmpty();
    assertThat(realm.adminKey("GET", key, "/suggestion", null).expect(200).json())
        .isEqualTo(suggestion);
    JsonNode narrowed =
        realm.own("alice", "POST", key, "/suggestion", choice(suggestion)).expect(200).json();

    assertThat(narrowed.path("scopes").toString()).isEqualTo("[\"orders:read\"]");
    assertThat(use(key, "&scope=orders:read", "203.0.113.77")).isEqualTo(200);
    assertThat(use(key, "&scope=stock:read", "203.0.113.77")).isEqualTo(403);
    assertThat(use(key, "&scope=orders:read", "203.0.114.1")).isEqualTo(401);
    assertThat(suggested(key).path("notSuggested").findValuesAsText("reason"))
        .containsExactly("all_used", "as_narrow_as_used");
  }

  @Test
  void aSuggestionThatIsAnotherByNowIsNotApplied() {
    TestKey key = wide();
    useToRead(key, 3);
    String seen = choice(suggested(key));
    assertThat(use(key, "&scope=orders:write", "203.0.200.1")).isEqualTo(200);
    realm.writeUses();
    Reply conflict = realm.own("alice", "POST", key, "/suggestion", seen);
    assertThat(conflict.expect(409).text("detail")).contains("another by now");
    Reply outdated =
        Http.json(
            "POST",
            realm.uri("/access-keys/" + key.id() + "/suggestion"),
            TestRealm.and(realm.as("alice"), Map.of("If-Match", "\"7\"")),
            choice(suggested(key)));
    assertThat(outdated.status()).isEqualTo(409);
    assertThat(realm.own("alice", "GET", key, "", "").json().path("scopes")).hasSize(4);
  }

  @Test
  void aUseThatNamesNoScopeKeepsThemAll() {
    TestKey key = wide();
    useToRead(key, 3);
    assertThat(use(key, "", "203.0.113.9")).isEqualTo(200);
    realm.writeUses();
    JsonNode suggestion = suggested(key);
    assertThat(suggestion.has("scopes")).isFalse();
    assertThat(suggestion.at("/notSuggested/0/reason").asText()).isEqualTo("unnamed_uses");
    assertThat(suggestion.has("restrictions")).isTrue();
  }

  @Test
  void aUseFromAnUnknownAddressKeepsTheRestrictions() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    useToRead(key, 3);
    realm.introspect(key.text(), Map.of()).expect(200);
    realm.writeUses();
    JsonNode suggestion = suggested(key);
    assertThat(suggestion.has("restrictions")).isFalse();
    assertThat(suggestion.path("notSuggested").findValuesAsText("reason"))
        .containsExactly("unnamed_uses", "addresses_unknown");
  }

  @Test
  void fewerUsesThanThePolicySaysSuggestNothing() {
    TestKey key = wide();
    useToRead(key, 2);
    assertThat(suggested(key).path("notSuggested").findValuesAsText("reason"))
        .containsExactly("too_few_uses", "too_few_uses");
    useToRead(key, 1);
    assertThat(suggested(key).path("notSuggested")).isEmpty();
    realm.policy(Map.of("suggestion-min-uses", "3")).expect(204);
    assertThat(suggested(key).path("notSuggested").findValuesAsText("reason"))
        .containsExactly("too_few_days", "too_few_days");
  }

  @Test
  void aDryRunShowsWhatARestrictionWouldHaveRefused() {
    TestKey key = wide();
    useToRead(key, 3);
    assertThat(use(key, "&scope=orders:read", "203.0.200.1")).isEqualTo(200);
    realm.writeUses();
    JsonNode dry =
        realm
            .own(
                "alice",
                "PATCH",
                key,
                "",
                "{\"restrictions\":[{\"type\":\"ip\",\"allow\":[\"203.0.113.0/24\"]}],\"dryRun\":true}")
            .expect(200)
            .json();
    assertThat(dry.path("widens").asBoolean()).isFalse();
    assertThat(dry.path("wouldHaveRefused").toString())
        .isEqualTo(
            "{\"uses\":1,\"scopes\":[],\"addresses\":[{\"address\":\"203.0.200.0/24\",\"uses\":1}],\"undecided\":[]}");
  }
}
