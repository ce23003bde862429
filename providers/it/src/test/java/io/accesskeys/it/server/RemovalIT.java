package io.accesskeys.it.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.Database.OnPostgres;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.page.PageLook;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server from which the jar was taken, with its tables and all that realms have of it. */
@RequiresTool({"initdb", "chromium"})
@Full
class RemovalIT {

  private static final String REALM = "removal";

  private final Settings withJar = Settings.ofItsOwn();
  private final Settings withoutJar = withJar.withProviders(List.of());

  /** One test, since each step needs the database that the one before it has left. */
  @Test
  void withoutTheJarKeycloakIsWholeAndItsKeysWaitForItUntilTheScriptRemovesThem() {
    TestKey pat;
    try (KeycloakServer server = KeycloakServer.start(withJar)) {
      pat = leaveKeys(TestRealm.create(server, REALM));
    }
    try (KeycloakServer server = KeycloakServer.start(withoutJar)) {
      TestRealm realm = TestRealm.existing(server, REALM);
      bothConsolesAreKeycloaksOwnAndWhole(realm);
      peopleSignInAndRealmsAreEditedAndExported(realm);
    }
    try (KeycloakServer server = KeycloakServer.start(withJar)) {
      withTheJarBackItsKeysAreWhatTheyWere(TestRealm.existing(server, REALM), pat);
    }
    whatTheScriptRemovesIsGone();
    try (KeycloakServer server = KeycloakServer.start(withoutJar)) {
      afterTheScriptEverybodySignsIn(TestRealm.existing(server, REALM));
    }
    try (KeycloakServer server = KeycloakServer.start(withJar)) {
      afterTheScriptTheJarFindsNoKeys(TestRealm.existing(server, REALM), pat);
    }
  }

  private static TestKey leaveKeys(TestRealm realm) {
    realm.policy(Map.of("personal-access-token.max-lifetime", "P300D")).expect(204);
    realm.change("", Map.of("accountTheme", "access-keys"));
    realm.change(realm.user("bob"), Map.of("requiredActions", List.of("create-access-key")));
    TestKey pat = realm.pat("alice", "orders:read");
    realm.apiKey("orders:read");
    realm.clientSecret("billing-worker", Map.of());
    assertThat(realm.verify(pat.text(), "?client=acme-api").status()).isEqualTo(200);
    return pat;
  }

  private static void bothConsolesAreKeycloaksOwnAndWhole(TestRealm realm) {
    try (Chromium chromium = PageLook.browser();
        BrowserContext admin = chromium.somebody(english());
        BrowserContext alice = chromium.somebody(english())) {
      Page console = admin.newPage();
      console.navigate(realm.root("/admin/master/console/#/" + REALM + "/clients").toString());
      signIn(console, KeycloakServer.ADMIN_USER, KeycloakServer.ADMIN_PASSWORD);
      assertThat(console.getByText("billing-worker").first()).isVisible();
      for (String place :
          List.of(
              "realm-settings",
              "users",
              "client-scopes",
              "events/admin-events",
              "authentication/flows",
              "authentication/required-actions")) {
        console.navigate(realm.root("/admin/master/console/#/" + REALM + "/" + place).toString());
        assertThat(console.locator("main h1").first()).isVisible();
        assertThat(console.locator(".pf-v5-c-alert.pf-m-danger")).hasCount(0);
      }
      assertThat(console.getByText("Verify Profile").first()).isVisible();
      assertThat(console.locator("#nav-item-access-keys")).hasCount(0);

      Page account = alice.newPage();
      account.navigate(realm.uri("/account").toString());
      signIn(account, "alice", "alice");
      assertThat(account.getByText("Personal info").first()).isVisible();
      assertThat(account.locator("a[href*='api-keys']")).hasCount(0);
    }
  }

  private static void peopleSignInAndRealmsAreEditedAndExported(TestRealm realm) {
    realm.as("alice");
    // As the documents say: whoever still has the page to do is stuck with it.
    assertThatThrownBy(() -> realm.as("bob")).hasMessageContaining("create-access-key");
    realm.change("", Map.of("displayName", "Without keys"));
    realm.change(realm.user("bob"), Map.of("firstName", "Robert"));
    realm.admin("GET", "/authentication/required-actions", null).expect(200);
    realm.admin("POST", "/partial-export?exportClients=true", "").expect(200);
    assertThat(Http.get(realm.uri("/access-keys"), Map.of()).status()).isEqualTo(404);
  }

  private static void withTheJarBackItsKeysAreWhatTheyWere(TestRealm realm, TestKey pat) {
    assertThat(realm.verify(pat.text(), "?client=acme-api").status()).isEqualTo(200);
    assertThat(realm.admin("GET", "/access-keys", null).expect(200).json()).hasSize(3);
  }

  private void whatTheScriptRemovesIsGone() {
    OnPostgres data = (OnPostgres) withJar.database();
    data.server().load(data.name(), Checkout.root().resolve("providers/docs/remove-data.sql"));
    data.server().sql(data.name(), "delete from EVENT_ENTITY; delete from ADMIN_EVENT_ENTITY");
    assertThat(data.server().dump(data.name()).lines())
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).matches(".*access[-_]key.*"))
        .isEmpty();
  }

  private static void afterTheScriptEverybodySignsIn(TestRealm realm) {
    realm.as("alice");
    realm.as("bob");
    realm.admin("GET", "/authentication/required-actions", null).expect(200);
  }

  private static void afterTheScriptTheJarFindsNoKeys(TestRealm realm, TestKey pat) {
    assertThat(realm.admin("GET", "/access-keys", null).expect(200).json()).isEmpty();
    assertThat(realm.verify(pat.text(), "?client=acme-api").status()).isEqualTo(401);
  }

  private static NewContextOptions english() {
    return new NewContextOptions().setLocale("en-US").setViewportSize(1280, 1000);
  }

  private static void signIn(Page page, String user, String password) {
    page.locator("#username").fill(user);
    page.locator("#password").fill(password);
    page.locator("[type=submit]").click();
  }
}
