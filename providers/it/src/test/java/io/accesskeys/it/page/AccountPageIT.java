package io.accesskeys.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do on the page in the Account Console, in a real browser. */
@RequiresTool("chromium")
class AccountPageIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Chromium chromium;
  private TestRealm realm;

  @BeforeAll
  static void start() {
    chromium = PageLook.browser();
  }

  @BeforeEach
  void create() {
    realm = TestRealm.create("account-page");
    realm.roles("POST", realm.user("bob"), "orders:write");
    Assumptions.assumeTrue(
        Http.get(realm.uri("/access-keys/ui/manifest.json"), Map.of()).json().has("account"),
        "this jar was built without its page");
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  private Reply verified(String key) {
    return Http.get(
        realm.uri("/access-keys/verify?client=acme-api&scope=orders:read"), TestRealm.bearer(key));
  }

  @Test
  @Contract
  void aTokenIsCreatedCopiedUsedRolledAndRevoked() {
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice")) {
      assertThat(alice.text("You have no tokens yet")).isVisible();
      String first = alice.create("nightly report");
      assertThat(alice.state("nightly report")).isEqualTo("active");
      assertThat(alice.row("nightly report")).containsText("Never used");
      verified(first).expect(200);

      Locator lastUsed = alice.row("nightly report").getByTestId("last-used");
      TestClock.of(realm.server()).run("access-keys-usage");
      alice.open();
      assertThat(lastUsed).isVisible();

      alice.act("nightly report", "roll");
      assertThat(alice.dialog()).containsText("The present secret was last used");
      assertThat(alice.field("24 hours")).isChecked();
      alice.inDialog("Roll").click();
      String second = alice.secret();
      alice.secretIsCopied();
      assertThat(second).isNotEqualTo(first);
      assertThat(alice.row("nightly report").getByTestId("countdown"))
          .hasText(Pattern.compile("old secret ends (tomorrow|in 24 hours)"));
      verified(first).expect(200);
      verified(second).expect(200);

      alice.act("nightly report", "suspend");
      assertThat(alice.row("nightly report")).containsText("Suspended");
      verified(second).expect(401);
      alice.act("nightly report", "resume");
      assertThat(alice.row("nightly report")).containsText("Rolling");

      alice.act("nightly report", "revoke");
      // A program would miss it.
      assertThat(alice.inDialog("Revoke")).isDisabled();
      alice.dialog().getByRole(AriaRole.TEXTBOX).fill("nightly report");
      alice.inDialog("Revoke").click();
      assertThat(alice.row("nightly report")).containsText("Revoked");
      verified(first).expect(401);
      verified(second).expect(401);
      assertThat(alice.said()).isEmpty();
    }
  }

  @Test
  void aSecretIsGoneFromEverywhereOnceItsPanelIsClosed() throws IOException {
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice")) {
      alice.button("Create your first token").click();
      alice.fillIn("ci");
      alice.button("Create").click();
      String secret = alice.secret();
      alice.page().keyboard().press("Escape");
      alice.page().mouse().click(5, 5);
      assertThat(alice.marked("secret")).hasValue(secret);

      String env = Files.readString(alice.download("Download .env").path());
      assertThat(env).endsWith("ACCESS_KEY=" + secret + "\n");
      JsonNode json = JSON.readTree(alice.download("Download JSON").path().toFile());
      assertThat(json.path("secret").asText()).isEqualTo(secret);

      assertThat(alice.traces()).contains(secret);
      alice.secretIsCopied();
      assertThat(alice.traces()).doesNotContain(secret, secret.substring(30));
      alice.open();
      alice.row("ci").waitFor();
      assertThat(alice.traces()).doesNotContain(secret, secret.substring(30));
    }
  }

  @Test
  void whoSignedInLongAgoIsAskedAgainAndFindsWhatTheyHadInHand() {
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice")) {
      alice.button("Create your first token").waitFor();
      realm.ahead(
          Duration.ofMinutes(10),
          () -> {
            alice.button("Create your first token").click();
            alice.fillIn("late");
            alice.button("Create").click();
            assertThat(alice.asksForPassword()).isTrue();
            assertThat(Http.get(realm.uri("/access-keys"), realm.as("alice")).json()).isEmpty();
            alice.confirmPassword("alice");
            assertThat(alice.dialog()).containsText("Step 6 of 6");
            assertThat(alice.dialog()).containsText("late");
            alice.button("Create").click();
            verified(alice.secret()).expect(200);
            alice.secretIsCopied();
            assertThat(alice.page().url()).endsWith("/account/content/api-keys");
          });
    }
  }

  @Test
  void nobodyMeetsWhatSomebodyElseHas() {
    NewContextOptions beside = new NewContextOptions().setLocale("en-US");
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice");
        AccountPage bob = AccountPage.of(chromium, realm, "bob", beside)) {
      alice.create("of alice");
      bob.create("of bob");
      for (AccountPage each : new AccountPage[] {alice, bob}) {
        each.open();
        each.row("of ").waitFor();
        assertThat(each.row("of ")).hasCount(1);
      }
      assertThat(alice.row("of alice")).isVisible();
      assertThat(bob.row("of bob")).isVisible();
    }
  }

  @Test
  void aScheduledRollIsPickedUp() {
    TestKey monthly =
        realm.pat("alice", Map.of("name", "monthly", "scopes", List.of("orders:read")));
    realm
        .own(
            "alice",
            "PATCH",
            monthly,
            "",
            "{\"roll\":{\"every\":\"P7D\",\"overlap\":\"P3D\",\"delivery\":\"pickup\"}}")
        .expect(200);
    realm.ahead(
        Duration.ofDays(8),
        () -> {
          try (AccountPage alice = AccountPage.of(chromium, realm, "alice")) {
            alice.text("It is time for a new secret for monthly").waitFor();
            alice.button("Pick up the new secret").click();
            assertThat(alice.field("Until the deadline")).isChecked();
            alice.inDialog("Roll").click();
            verified(alice.secret()).expect(200);
            alice.secretIsCopied();
            assertThat(alice.text("It is time for a new secret")).isHidden();
            assertThat(alice.row("monthly").getByTestId("countdown")).containsText("in 2 days");
          }
        });
  }

  @Test
  void everyViewCanBeReadByEverybodyInLightAndDark() throws IOException {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      Consumer<Page> window =
          page -> {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(1280, 900);
          };
      String user = scheme == ColorScheme.LIGHT ? "alice" : "bob";
      try (AccountPage page = AccountPage.of(chromium, realm, user, "en-US", window)) {
        page.button("Create your first token").click();
        PageLook.seriousFaults(page.page(), page.dialog(), page.field("Name"));
        page.fillIn("nightly report");
        PageLook.seriousFaults(page.page(), page.button("Create"));
        page.button("Create").click();
        page.secret();
        PageLook.seriousFaults(page.page(), page.button("I have copied it"));
        page.secretIsCopied();
        PageLook.seriousFaults(page.page(), page.row("nightly report"));
        PageLook.picture(page.page(), "list-" + scheme.name().toLowerCase(Locale.ROOT));
        page.act("nightly report", "edit");
        PageLook.seriousFaults(page.page(), page.button("Cancel"));
        page.button("Cancel").click();
        page.act("nightly report", "roll");
        page.field("Not at all").check();
        PageLook.seriousFaults(page.page(), page.field("Not at all"));
        PageLook.picture(page.page(), "roll-" + scheme.name().toLowerCase(Locale.ROOT));
        page.button("Cancel").click();
        assertThat(page.dialog()).isHidden();
        PageLook.seriousFaults(page.page(), page.marked("key-panel"));
      }
    }
  }

  @Test
  void germansReadGerman() throws IOException {
    realm.speaksGermanToo("de");
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice", "de-DE")) {
      assertThat(alice.heading()).hasText("API-Schlüssel & Tokens");
      alice.button("Erstes Token erstellen").click();
      assertThat(alice.dialog()).containsText("Schritt 1 von 6: Name");
      alice.field("Name").fill("Nachtbericht");
      alice.button("Weiter").click();
      alice.text("30 Tage").waitFor();
      PageLook.picture(alice.page(), "create-german");
    }
  }

  @Test
  void aPhoneShowsAllOfItWithoutScrollingSideways() throws IOException {
    NewContextOptions phone =
        new NewContextOptions()
            .setLocale("en-US")
            .setViewportSize(360, 740)
            .setHasTouch(true)
            .setIsMobile(true);
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice", phone)) {
      alice.create("a name that is much longer than a phone is wide, without any end");
      alice.row("a name").waitFor();
      assertThat((Integer) alice.page().evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(360);
      PageLook.picture(alice.page(), "list-phone");
    }
  }

  @Test
  void aKeyboardIsEnoughAndFocusStaysInADialog() {
    try (AccountPage alice = AccountPage.of(chromium, realm, "alice")) {
      alice.button("Create your first token").focus();
      alice.page().keyboard().press("Enter");
      assertThat(alice.field("Name")).isFocused();
      alice.page().keyboard().type("by keyboard");
      alice.page().keyboard().press("Enter");
      assertThat(alice.dialog()).containsText("Step 2 of 6");
      for (int tab = 0; tab < 12; tab++) {
        alice.page().keyboard().press("Tab");
        assertThat(
                alice.page().evaluate("document.activeElement.closest('[role=dialog]') !== null"))
            .isEqualTo(true);
      }
      alice.page().keyboard().press("Escape");
      assertThat(alice.dialog()).isHidden();
      assertThat(alice.button("Create your first token")).isFocused();
    }
  }

  @Test
  void aDeveloperRegistersAnApplicationAndGetsItsFirstKey() {
    realm.admin("POST", "/roles", "{\"name\":\"developer\"}").expect(201);
    realm.policy(Map.of("application-role", "developer")).expect(204);
    realm.roles("POST", realm.user("bob"), "developer");
    try (AccountPage bob = AccountPage.of(chromium, realm, "bob")) {
      bob.text("My applications").click();
      bob.button("Register an application").click();
      bob.field("Name").fill("reporter");
      bob.inDialog("Register an application").click();
      bob.button("Create its first API key").waitFor();
    }
  }
}
