package io.accesskeys.it.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that an application fills in, and the key as a file. */
class PrefilledPageIT {

  private static final String WANTED =
      """
      {"name":"nightly","description":"made by a test","client":"acme-api",
       "scopes":["orders:read","orders:write"],"lifetime":"P7D","addresses":["203.0.113.0/24"]}
      """;

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("prefilled");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Browser asked(String user, String json) {
    String parameter = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    return Browser.signedIn(realm, user, "&kc_action=create-access-key:" + parameter);
  }

  private static int keys() {
    return realm.admin("GET", "/access-keys/count", null).expect(200).json().path("count").asInt();
  }

  @Test
  void isFilledInAndNamesWhoAsksAndMakesNothingByItself() {
    int before = keys();
    Browser alice = asked("alice", WANTED);
    assertThat(alice.page().body())
        .contains(
            "account-console asks for this key",
            "value=\"nightly\"",
            "value=\"made by a test\"",
            "value=\"203.0.113.0/24\"",
            "value=\"acme-api orders:read\" checked",
            "value=\"acme-api orders:write\" checked",
            "value=\"PT168H\" selected")
        .doesNotContain("access-key-not-offered", "access-key-secret");
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void saysWhatIsAskedForThatThePersonCannotGive() {
    Browser bob = asked("bob", WANTED);
    assertThat(bob.page().body())
        .containsPattern(
            "id=\"access-key-not-offered\"[^§]*<code>orders:write</code>"
                + " \\(needs the role orders:write\\)")
        .contains("value=\"acme-api orders:read\" checked");
    bob.submit(CreateKeyForm.with(Map.of("name", "without writing")));
    String secret = bob.secret();
    assertThat(realm.verify(secret, "?client=acme-api&scope=orders:write").status()).isEqualTo(403);
  }

  @Test
  void keepsSayingWhoAsksWhenSomethingIsWrong() {
    Browser alice = asked("alice", WANTED);
    alice.submit(CreateKeyForm.with(Map.of("name", "")));
    assertThat(alice.page().body())
        .contains("account-console asks for this key", "input-error-name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "[]", "{\"secret\":\"x\"}", "{\"name\":[]}", "{} {}", "null"})
  void saysWhenNobodyCanReadWhatIsWanted(String json) {
    Browser alice = asked("alice", json);
    assertThat(alice.page().status()).isEqualTo(200);
    assertThat(alice.page().body())
        .contains("in a way that cannot be read", "kc-create-access-key")
        .doesNotContain("asks for this key");
  }

  @Test
  void neverTakesWhatIsWantedForHtml() {
    Browser alice =
        asked(
            "alice",
            """
            {"name":"\\"><script>alert(1)</script>","client":"<b>x</b>",
             "scopes":["<script>alert(2)</script>"]}
            """);
    assertThat(alice.page().body())
        .contains("access-key-not-offered")
        .doesNotContain("<script>alert", "<b>x");
  }

  @Test
  void givesTheKeyAsAFileWithoutScriptAndGoesOn() {
    Browser alice = asked("alice", WANTED);
    alice.submit(CreateKeyForm.with(Map.of("name", "to download")));
    String secret = alice.secret();

    Reply file = alice.send(Map.of("download", "true", "secret", secret));

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.body()).isEqualTo("ACCESS_KEY=" + secret + "\n");
    assertThat(file.header("Content-Disposition").orElse("")).startsWith("attachment;");
    assertThat(file.header("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(file.header("Cache-Control").orElse("")).contains("no-store");
    // The page is still open beside it.
    alice.submit(Map.of("done", "true"));
    assertThat(alice.location()).contains("kc_action_status=success");
  }

  @Test
  void givesNoFileOfAnythingElse() {
    String foreign = realm.pat("bob", "orders:read").text();
    Browser alice = asked("alice", WANTED);
    alice.submit(CreateKeyForm.with(Map.of("name", "not downloaded")));
    String secret = alice.secret();
    String other = secret.substring(0, secret.length() - 1) + "x";
    for (String sent : List.of("", "words", foreign, other)) {
      alice.submit(Map.of("download", "true", "secret", sent));
      assertThat(alice.page().header("Content-Disposition")).isEmpty();
      assertThat(alice.page().body())
          .contains("has been created and was shown")
          .doesNotContain("=kcpat");
    }
  }
}
