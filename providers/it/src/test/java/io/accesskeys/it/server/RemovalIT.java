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
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.page.PageLook;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server from which the jar was taken, with its tables and all that realms have of it. */
@RequiresTool({"initdb", "chromium"})
@TestMethodOrder(OrderAnnotation.class)
class RemovalIT {

  private static final String REALM = "removal";

  private static Postgres postgres;
  private static Settings settings;
  private static KeycloakServer bare;
  private static TestRealm realm;
  private static TestKey pat;

  @BeforeAll
  static void takeTheJarAway() {
    postgres = Postgres.start(Postgres.Durability.NONE);
    settings = Settings.standard().withDatabase(postgres.database()).withRealms(List.of());
    try (KeycloakServer with = KeycloakServer.start(settings)) {
      TestRealm there = TestRealm.create(with, REALM);
      there.policy(Map.of("personal-access-token.max-lifetime", "P300D")).expect(204);
      there.change("", Map.of("accountTheme", "access-keys"));
      there.change(there.user("bob"), Map.of("requiredActions", List.of("create-access-key")));
      pat = there.pat("alice", "orders:read");
      there.apiKey("orders:read");
      there.clientSecret("billing-worker", Map.of());
      assertThat(there.verify(pat.text(), "?client=acme-api").status()).isEqualTo(200);
    }
    bare = KeycloakServer.start(settings.withProviders(List.of()));
    realm = TestRealm.existing(bare, REALM);
  }

  @AfterAll
  static void end() {
    if (bare != null) {
      bare.close();
    }
    postgres.close();
  }

  @Test
  @Order(1)
  void bothConsolesAreKeycloaksOwnAndWhole() {
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

  @Test
  @Order(2)
  void peopleSignInAndRealmsAreEditedAndExported() {
    realm.as("alice");
    // As the documents say: whoever still has the page to do is stuck with it.
    assertThatThrownBy(() -> realm.as("bob")).hasMessageContaining("create-access-key");
    realm.change("", Map.of("displayName", "Without keys"));
    realm.change(realm.user("bob"), Map.of("firstName", "Robert"));
    realm.admin("GET", "/authentication/required-actions", null).expect(200);
    realm.admin("POST", "/partial-export?exportClients=true", "").expect(200);
    assertThat(Http.get(realm.uri("/access-keys"), Map.of()).status()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void withTheJarBackItsKeysAreWhatTheyWere() {
    bare.close();
    try (KeycloakServer again = KeycloakServer.start(settings)) {
      TestRealm there = TestRealm.existing(again, REALM);
      assertThat(there.verify(pat.text(), "?client=acme-api").status()).isEqualTo(200);
      assertThat(there.admin("GET", "/access-keys", null).expect(200).json()).hasSize(3);
    }
  }

  @Test
  @Order(4)
  void whatTheScriptRemovesIsGoneAndBothServersStart() {
    OnPostgres data = (OnPostgres) settings.database();
    data.server().load(data.name(), Checkout.root().resolve("providers/docs/remove-data.sql"));
    data.server().sql(data.name(), "delete from EVENT_ENTITY; delete from ADMIN_EVENT_ENTITY");
    assertThat(data.dump(bare.log()).lines())
        .filteredOn(line -> line.toLowerCase(Locale.ROOT).matches(".*access[-_]key.*"))
        .isEmpty();
    try (KeycloakServer without = KeycloakServer.start(settings.withProviders(List.of()))) {
      TestRealm there = TestRealm.existing(without, REALM);
      there.as("alice");
      there.as("bob");
      there.admin("GET", "/authentication/required-actions", null).expect(200);
    }
    try (KeycloakServer again = KeycloakServer.start(settings)) {
      TestRealm there = TestRealm.existing(again, REALM);
      assertThat(there.admin("GET", "/access-keys", null).expect(200).json()).isEmpty();
      assertThat(there.verify(pat.text(), "?client=acme-api").status()).isEqualTo(401);
    }
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
