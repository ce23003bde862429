package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on which a person creates a key while signing in, as a browser without script. */
class CreateKeyPageIT {

  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern SECRET = Pattern.compile("id=\"access-key-secret\"[^>]*>([^<]+)<");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("page");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  /** A browser that has one page open. */
  private static final class Browser {
    private final List<String> cookies = new ArrayList<>();
    private Reply page;

    static Browser signedIn(String user, String query) {
      Browser browser = new Browser();
      browser.open(
          realm.uri(
              "/protocol/openid-connect/auth?client_id=account-console&response_type=code"
                  + "&code_challenge=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
                  + "&code_challenge_method=S256&scope=openid&redirect_uri="
                  + Http.encode(realm.uri("/account/").toString())
                  + query));
      return browser.submit(Map.of("username", user, "password", user));
    }

    Browser submit(Map<String, String> fields) {
      Matcher action = ACTION.matcher(page.body());
      assertThat(action.find()).as(page.toString()).isTrue();
      keep(Http.form(URI.create(action.group(1).replace("&amp;", "&")), header(), fields));
      while (page.status() == 302
          && page.header("Location").orElse("").contains("/login-actions")) {
        open(URI.create(page.header("Location").orElseThrow()));
      }
      return this;
    }

    private void open(URI uri) {
      keep(Http.get(uri, header()));
    }

    private void keep(Reply reply) {
      reply
          .response()
          .headers()
          .allValues("Set-Cookie")
          .forEach(cookie -> cookies.add(cookie.split(";", 2)[0]));
      page = reply;
    }

    private Map<String, String> header() {
      return cookies.isEmpty() ? Map.of() : Map.of("Cookie", String.join("; ", cookies));
    }

    String secret() {
      Matcher shown = SECRET.matcher(page.body());
      assertThat(shown.find()).as(page.toString()).isTrue();
      ShownSecrets.add(shown.group(1));
      return shown.group(1);
    }

    String location() {
      return page.header("Location").orElseThrow(() -> new AssertionError(page.toString()));
    }
  }

  private static Map<String, String> form(Map<String, String> more) {
    Map<String, String> form =
        new HashMap<>(
            Map.of(
                "name", "from the page",
                "client", "acme-api",
                "scope", "acme-api orders:read",
                "lifetime", "P7D",
                "addresses", "",
                "create", "true"));
    form.putAll(more);
    return form;
  }

  @Test
  void offersOnlyWhatThePersonMayHave() {
    Browser bob = Browser.signedIn("bob", "&kc_action=create-access-key");
    assertThat(bob.page.body())
        .contains("acme-api orders:read", "Create an access key", "in 30 days")
        .doesNotContain("orders:write");
  }

  @Test
  void showsTheKeyOnceAndEndsTheSignIn() {
    Browser alice = Browser.signedIn("alice", "&kc_action=create-access-key");
    alice.submit(form(Map.of()));
    String secret = alice.secret();
    assertThat(alice.page.header("Cache-Control").orElse("")).contains("no-store");
    assertThat(realm.verify(secret, "?client=acme-api&scope=orders:read").status()).isEqualTo(200);
    assertThat(realm.verify(secret, "?client=acme-api&scope=orders:write").status()).isEqualTo(403);

    alice.submit(Map.of("done", "true"));
    assertThat(alice.location()).contains("kc_action_status=success", "code=");
  }

  @Test
  void saysWhatIsWrongAndKeepsWhatWasTyped() {
    Browser alice = Browser.signedIn("alice", "&kc_action=create-access-key");
    alice.submit(form(Map.of("addresses", "not an address", "name", "kept name")));
    assertThat(alice.page.status()).isEqualTo(200);
    assertThat(alice.page.body()).contains("addresses", "kept name", "not an address");
    alice.submit(form(Map.of("addresses", "203.0.113.0/24")));
    String secret = alice.secret();
    assertThat(realm.verify(secret, "?client=acme-api").status()).isEqualTo(401);
  }

  @Test
  void neverGivesMoreThanThePersonHasWhateverIsSent() {
    Browser bob = Browser.signedIn("bob", "&kc_action=create-access-key");
    bob.submit(form(Map.of("scope", "acme-api orders:write")));
    assertThat(bob.page.body()).contains("scopes[0]").doesNotContain("access-key-secret");
    bob.submit(form(Map.of("lifetime", "P9999D")));
    assertThat(bob.page.body()).contains("expiresAt").doesNotContain("access-key-secret");
    bob.submit(form(Map.of("lifetime", "PT9999999999999999H")));
    assertThat(bob.page.status()).isEqualTo(200);
    assertThat(bob.page.body()).doesNotContain("access-key-secret");
  }

  @Test
  void makesOneKeyHoweverOftenItIsSent() {
    Browser alice = Browser.signedIn("alice", "&kc_action=create-access-key");
    int before = keysNamed("only once");
    alice.submit(form(Map.of("name", "only once")));
    alice.secret();
    alice.submit(form(Map.of("name", "only once")));
    assertThat(alice.page.body()).doesNotContain("access-key-secret\"");
    assertThat(keysNamed("only once")).isEqualTo(before + 1);
  }

  @Test
  void canBeCancelled() {
    Browser alice = Browser.signedIn("alice", "&kc_action=create-access-key");
    alice.submit(Map.of("cancel-aia", "true"));
    assertThat(alice.location()).contains("kc_action_status=cancelled");
  }

  @Test
  void canBeAssignedToAPerson() {
    realm.change(realm.user("bob"), Map.of("requiredActions", List.of("create-access-key")));
    Browser bob = Browser.signedIn("bob", "");
    bob.submit(form(Map.of()));
    bob.secret();
    bob.submit(Map.of("done", "true"));
    assertThat(bob.location()).contains("code=");
    assertThat(Browser.signedIn("bob", "").location()).contains("code=");
  }

  @Test
  void isForThoseWithThePolicysRole() {
    realm.policy(Map.of("self-service-role", "orders:write")).expect(204);
    try {
      Browser bob = Browser.signedIn("bob", "&kc_action=create-access-key");
      assertThat(bob.page.status()).isEqualTo(403);
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  private static int keysNamed(String name) {
    return realm
        .admin("GET", "/access-keys?q=" + Http.encode(name), null)
        .expect(200)
        .json()
        .size();
  }
}
