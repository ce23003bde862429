package io.accesskeys.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on which a person creates a key while signing in, as a browser without script. */
@Contract
class CreateKeyPageIT {

  private static final String ASK = "&kc_action=create-access-key";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("page");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void offersOnlyWhatThePersonMayHave() {
    Browser bob = Browser.signedIn(realm, "bob", ASK);
    assertThat(bob.page().body())
        .contains("acme-api orders:read", "Create an access key", "in 30 days")
        .doesNotContain("orders:write");
  }

  @Test
  void showsTheKeyOnceAndEndsTheSignIn() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    alice.submit(CreateKeyForm.with(Map.of()));
    String secret = alice.secret();
    assertThat(alice.page().header("Cache-Control").orElse("")).contains("no-store");
    assertThat(realm.verify(secret, "?client=acme-api&scope=orders:read").status()).isEqualTo(200);
    assertThat(realm.verify(secret, "?client=acme-api&scope=orders:write").status()).isEqualTo(403);

    alice.submit(Map.of("done", "true"));
    assertThat(alice.location()).contains("kc_action_status=success", "code=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name|name||Give it a name",
        "description|description|a\tb|The description must",
        "client|client|acme-gateway|You cannot create a key for this API",
        "client|client|\0|You cannot create a key for this API",
        "scope|scope|acme-api orders:delete|You cannot give one of these",
        "lifetime|lifetime|P9999D|Choose one of the lifetimes",
        "lifetime|lifetime||Choose one of the lifetimes",
        "lifetime|lifetime|soon|Choose one of the lifetimes",
        "lifetime|lifetime|PT9999999999999999H|Choose one of the lifetimes",
        "lifetime|lifetime|PT99999999999999999S|Choose one of the lifetimes",
        "addresses|addresses|not an address|Write addresses",
        "addresses|addresses|203.0.113.0/24,|Write addresses",
        "addresses|addresses|203.0.113.7/24|Write addresses",
      })
  void saysWhatIsWrongAtItsFieldAndKeepsWhatWasTyped(
      String field, String where, String value, String words) {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    int before = keysNamed("kept name");
    Map<String, String> sent =
        CreateKeyForm.with(Map.of("name", "kept name", "description", "kept too"));
    sent.put(field, value == null ? "" : value);

    alice.submit(sent);

    assertThat(alice.page().status()).isEqualTo(200);
    assertThat(alice.page().body())
        .containsPattern("id=\"input-error-" + where + "\"[^>]*>" + words)
        .doesNotContain("access-key-secret");
    if (!field.equals("name")) {
      assertThat(alice.page().body()).contains("value=\"kept name\"");
    }
    if (!field.equals("description")) {
      assertThat(alice.page().body()).contains("value=\"kept too\"");
    }
    if (!List.of("client", "scope").contains(field)) {
      assertThat(alice.page().body()).containsPattern("id=\"" + field + "\"[^>]* autofocus");
    }
    if (field.equals("addresses")) {
      assertThat(alice.page().body())
          .contains("value=\"" + value + "\"")
          .containsPattern("value=\"acme-api orders:read\" checked")
          .containsPattern("value=\"PT168H\" selected");
    }
    assertThat(keysNamed("kept name")).isEqualTo(before);
    alice.submit(CreateKeyForm.with(Map.of("name", "kept name")));
    alice.secret();
    assertThat(keysNamed("kept name")).isEqualTo(before + 1);
  }

  @Test
  void neverTakesWhatWasTypedForHtml() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    String html = "\"><script>alert(1)</script>";
    alice.submit(
        CreateKeyForm.with(
            Map.of("name", html, "description", html, "lifetime", html, "addresses", html)));
    assertThat(alice.page().body()).contains("input-error-").doesNotContain("<script>alert");
  }

  @Test
  void neverGivesMoreThanThePersonHasWhateverIsSent() {
    Browser bob = Browser.signedIn(realm, "bob", ASK);
    bob.submit(CreateKeyForm.with(Map.of("scope", "acme-api orders:write")));
    assertThat(bob.page().body()).contains("input-error-scope").doesNotContain("access-key-secret");
  }

  @Test
  void restrictsTheKeyToTheAddressesAndKeepsTheDescription() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    alice.submit(
        CreateKeyForm.with(
            Map.of(
                "name", "restricted",
                "description", "for the nightly run",
                "addresses", "203.0.113.0/24, 2001:db8::/32")));
    String secret = alice.secret();
    assertThat(realm.verify(secret, "?client=acme-api").status()).isEqualTo(401);
    JsonNode key = realm.admin("GET", "/access-keys?q=restricted", null).expect(200).json().path(0);
    assertThat(key.path("description").asText()).isEqualTo("for the nightly run");
    assertThat(key.at("/restrictions/0/allow").toString())
        .isEqualTo("[\"203.0.113.0/24\",\"2001:db8::/32\"]");
  }

  @Test
  void speaksGerman() {
    realm.change(
        "", Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
    try {
      Browser alice = Browser.signedIn(realm, "alice", ASK + "&ui_locales=de");
      assertThat(alice.page().body()).contains("Zugriffsschlüssel erstellen", "in 30 Tagen, am ");
      alice.submit(CreateKeyForm.with(Map.of("addresses", "x")));
      assertThat(alice.page().body()).contains("durch Kommas getrennt");
    } finally {
      realm.change("", Map.of("internationalizationEnabled", false));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "personal-access-token.enabled|false|en|Access keys of this kind are disabled here.",
        "personal-access-token.enabled|false|de|Zugriffsschlüssel dieser Art sind hier deaktiviert.",
        "personal-access-token.required-restrictions|ip|en|must have these restrictions here: ip",
        "personal-access-token.required-restrictions|ip|de|müssen hier diese Einschränkungen haben: ip",
        "personal-access-token.max-per-owner|1|en|You may have 1 keys, and have as many.",
        "personal-access-token.max-per-owner|1|de|Sie dürfen 1 Schlüssel haben und haben so viele.",
      })
  void saysInThePersonsLanguageWhatIsWrongWithNoField(
      String setting, String value, String language, String words) {
    realm.pat("bob", "orders:read");
    realm.change(
        "", Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
    try {
      realm.policy(Map.of(setting, value)).expect(204);
      Browser bob = Browser.signedIn(realm, "bob", ASK + "&ui_locales=" + language);
      bob.submit(CreateKeyForm.with(Map.of("name", "kept name")));
      assertThat(bob.page().body())
          .contains(words, "value=\"kept name\"")
          .doesNotContain("access-key-secret", "input-error-");
    } finally {
      realm.policy(Map.of()).expect(204);
      realm.change("", Map.of("internationalizationEnabled", false));
    }
  }

  @Test
  void offersTheLifetimesOfThePolicy() {
    try {
      realm
          .policy(
              Map.of(
                  "lifetime-presets", "P1D##P14D##P400D",
                  "personal-access-token.default-lifetime", "PT36H"))
          .expect(204);
      Browser chooses = Browser.signedIn(realm, "alice", ASK);
      assertThat(chooses.page().body())
          .contains("value=\"PT36H\"", "value=\"PT24H\"", "value=\"PT336H\"")
          .doesNotContain("PT9600H", "never</option>");

      realm.policy(Map.of("personal-access-token.max-lifetime", "none")).expect(204);
      Browser never = Browser.signedIn(realm, "alice", ASK);
      assertThat(never.page().body()).contains("<option value=\"\">never</option>");
      never.submit(CreateKeyForm.with(Map.of("name", "for ever", "lifetime", "")));
      never.secret();
      JsonNode key = realm.admin("GET", "/access-keys?q=for%20ever", null).json().path(0);
      assertThat(key.has("expiresAt")).isFalse();

      realm.policy(Map.of("personal-access-token.expiry", "fixed")).expect(204);
      Browser fixed = Browser.signedIn(realm, "alice", ASK);
      assertThat(fixed.page().body()).contains("in 30 days").doesNotContain("<select");
      fixed.submit(CreateKeyForm.with(Map.of("lifetime", "P1D")));
      fixed.secret();
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  @Test
  void leavesOneEventThatNamesTheKey() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    alice.submit(CreateKeyForm.with(Map.of("name", "eventful")));
    String id = alice.secret().substring("kcpat_".length(), "kcpat_".length() + 16);
    JsonNode events = realm.admin("GET", "/events?type=UPDATE_CREDENTIAL", null).json();
    assertThat(
            StreamSupport.stream(events.spliterator(), false)
                .map(event -> event.path("details"))
                .filter(
                    details -> details.path("credential_user_label").asText().equals("eventful")))
        .singleElement()
        .satisfies(
            details -> {
              assertThat(details.path("action").asText()).isEqualTo("create");
              assertThat(details.path("access_key_id").asText()).isEqualTo(id);
            });
  }

  @Test
  void makesOneKeyHoweverOftenItIsSent() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    int before = keysNamed("only once");
    alice.submit(CreateKeyForm.with(Map.of("name", "only once")));
    alice.secret();
    alice.submit(CreateKeyForm.with(Map.of("name", "only once")));
    assertThat(alice.page().body()).doesNotContain("access-key-secret\"");
    assertThat(keysNamed("only once")).isEqualTo(before + 1);
  }

  @Test
  void loadedAgainTheKeyIsNotShownAndNoOtherIsOffered() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    alice.submit(CreateKeyForm.with(Map.of()));
    String secret = alice.secret();

    alice.reload();

    assertThat(alice.page().body())
        .contains("has been created and was shown")
        .doesNotContain(secret, "kc-create-access-key");
    alice.submit(Map.of("done", "true"));
    assertThat(alice.location()).contains("kc_action_status=success");
  }

  @Test
  void ofManyFormsSentAtOnceOneMakesAKey() throws Exception {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    Callable<Reply> send = () -> alice.send(CreateKeyForm.with(Map.of("name", "at once")));
    ExecutorService clicks = Executors.newFixedThreadPool(8);
    try {
      int shown = 0;
      for (Future<Reply> sent : clicks.invokeAll(Stream.generate(() -> send).limit(8).toList())) {
        Reply reply = sent.get();
        assertThat(reply.status()).as(reply.toString()).isLessThan(500);
        shown += Browser.secretIn(reply).isPresent() ? 1 : 0;
      }
      assertThat(shown).isEqualTo(1);
    } finally {
      clicks.shutdownNow();
    }
    assertThat(keysNamed("at once")).isEqualTo(1);
  }

  @Test
  void isNotDoneBeforeThereIsAKey() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    alice.submit(Map.of("done", "true"));
    assertThat(alice.page().body()).contains("kc-create-access-key", "input-error-");
  }

  @Test
  void canBeCancelled() {
    Browser alice = Browser.signedIn(realm, "alice", ASK);
    alice.submit(Map.of("cancel-aia", "true"));
    assertThat(alice.location()).contains("kc_action_status=cancelled");
  }

  private static int keysNamed(String name) {
    return realm
        .admin("GET", "/access-keys?q=" + Http.encode(name), null)
        .expect(200)
        .json()
        .size();
  }
}
