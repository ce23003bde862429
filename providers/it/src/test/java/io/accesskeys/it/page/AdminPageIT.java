package io.accesskeys.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators do on the page in the Admin Console, in a real browser. */
@RequiresTool("chromium")
class AdminPageIT {

  private static final String REALM = "admin-page";

  private static Chromium chromium;

  /** Of the administrator of all realms, who stays signed in from test to test. */
  private static BrowserContext master;

  private TestRealm realm;
  private Page page;
  private final List<String> sent = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @BeforeAll
  static void start() {
    chromium = PageLook.browser();
    master = chromium.somebody(new NewContextOptions().setLocale("en-US"));
  }

  @AfterAll
  static void end() {
    master.close();
  }

  @BeforeEach
  void create() {
    realm = TestRealm.create(REALM);
    Assumptions.assumeTrue(
        Http.get(realm.uri("/access-keys/ui/manifest.json"), Map.of()).json().has("admin"),
        "this jar was built without its page");
  }

  @AfterEach
  void remove() {
    if (page != null) {
      page.close();
    }
    realm.close();
  }

  /** A window as wide as that of most people. */
  private void window(BrowserContext browser) {
    page = browser.newPage();
    page.setViewportSize(1280, 1000);
    page.onRequest(
        request -> sent.add(request.method() + " " + request.url() + " " + request.postData()));
    page.onConsoleMessage(message -> said.add(message.text()));
  }

  private void dark() {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
  }

  private void signIn(String user, String password) {
    page.locator("#username").fill(user);
    page.locator("#password").fill(password);
    page.locator("[type=submit]").click();
  }

  /** In the Admin Console of the realm {@code master}; whoever comes first signs in. */
  private void open(String address, Locator there) {
    page.navigate(realm.root("/admin/master/console/" + address).toString());
    Locator form = page.locator("#username");
    there.or(form).first().waitFor();
    if (form.isVisible()) {
      signIn(KeycloakServer.ADMIN_USER, KeycloakServer.ADMIN_PASSWORD);
    }
    there.waitFor();
  }

  private Locator heading() {
    return page.getByTestId("access-keys-heading");
  }

  private Locator link() {
    return page.locator("#nav-item-access-keys");
  }

  private void openPage() {
    window(master);
    open("#/" + REALM + "/access-keys", heading());
  }

  /** In the Admin Console of this realm, as an administrator of this realm. */
  private void openPageAs(String user, String locale) {
    window(chromium.nextPerson(realm.server().baseUri(), locale));
    page.navigate(
        realm.root("/admin/" + REALM + "/console/#/" + REALM + "/access-keys").toString());
    signIn(user, user);
    heading().waitFor();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator inDialog(String button) {
    return page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
  }

  private void revoke(Locator panel) {
    panel
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke").setExact(true))
        .click();
    inDialog("Revoke").click();
  }

  private Locator rows() {
    return page.locator("tr[data-key-id]");
  }

  private int status(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status();
  }

  @Test
  void aLeakedKeyIsFoundByPastingItAndRevokedWithThreeClicks() {
    TestKey leaked = realm.pat("alice", Map.of("name", "leaked"));
    TestKey other = realm.pat("alice", Map.of("name", "other"));
    openPage();

    page.getByLabel("Find a key that you have found somewhere").fill(leaked.text());
    button("Find").click();
    Locator panel = page.getByTestId("key-panel");
    assertThat(panel).containsText("leaked");
    assertThat(panel).containsText("alice");
    revoke(panel);

    assertThat(panel).containsText("Revoked");
    assertThat(status(leaked)).isEqualTo(401);
    assertThat(status(other)).isEqualTo(200);
    String secret = leaked.text().substring(leaked.text().indexOf(leaked.id()) + 16);
    assertThat(sent).anyMatch(request -> request.contains(leaked.id()));
    assertThat(sent).noneMatch(request -> request.contains(secret));
    assertThat(page.content()).doesNotContain(secret);
  }

  @Test
  void whatIsNoKeyIsNotSentAndAnUnknownOneIsSaid() {
    openPage();
    int before = sent.size();
    page.getByLabel("Find a key that you have found somewhere").fill("my password");
    button("Find").click();
    assertThat(page.getByText("This is neither a key nor the id of one.")).isVisible();
    assertThat(sent.subList(before, sent.size())).noneMatch(one -> one.contains("password"));
    page.getByLabel("Find a key that you have found somewhere").fill("0123456789abcdef");
    button("Find").click();
    assertThat(page.getByText("This realm has no such key.")).isVisible();
  }

  @Test
  void allThatASearchFindsAreRevokedOnceTheirNumberIsTyped() {
    TestKey first = realm.pat("alice", Map.of("name", "batch one"));
    TestKey second = realm.pat("bob", Map.of("name", "batch two"));
    TestKey other = realm.pat("alice", Map.of("name", "other"));
    openPage();
    assertThat(rows()).hasCount(3);
    assertThat(button("Revoke all of these")).isDisabled();

    page.getByLabel("Name begins with").fill("batch");
    assertThat(rows()).hasCount(2);
    assertThat(page.getByTestId("count")).hasText("2 keys");
    button("Revoke all of these").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("2 keys will be revoked.");
    assertThat(inDialog("Revoke")).isDisabled();
    assertThat(status(first)).isEqualTo(200);
    page.getByLabel("Type 2 to go on").fill("2");
    inDialog("Revoke").click();

    assertThat(page.getByText("2 keys were revoked.")).isVisible();
    assertThat(List.of(status(first), status(second), status(other)))
        .containsExactly(401, 401, 200);
  }

  @Test
  void aKeyIsLookedUpByItsOwnerExplainedSuspendedAndResumed() {
    TestKey key = realm.patFrom("bob", "203.0.113.0/24");
    realm.pat("alice", Map.of("name", "not bob's"));
    openPage();
    assertThat(rows()).hasCount(2);
    page.getByLabel("User name").fill("bob");
    assertThat(rows()).hasCount(1);
    rows().first().getByRole(AriaRole.BUTTON).click();

    Locator panel = page.getByTestId("key-panel");
    page.getByLabel("A request from this address (optional)").fill("198.51.100.1");
    button("Would it pass now?").click();
    assertThat(page.getByTestId("explanation")).containsText("would be refused");
    assertThat(page.getByTestId("explanation")).containsText("restriction");
    page.getByLabel("A request from this address (optional)").fill("203.0.113.7");
    button("Would it pass now?").click();
    assertThat(page.getByTestId("explanation")).containsText("would pass");

    button("Suspend").click();
    assertThat(panel).containsText("Suspended");
    assertThat(realm.adminKey("GET", key, "", null).text("state")).isEqualTo("suspended");
    button("Resume").click();
    assertThat(button("Suspend")).isVisible();
    assertThat(realm.adminKey("GET", key, "", null).text("state")).isEqualTo("active");
  }

  @Test
  void theOverviewCountsAndLists() {
    realm.pat("alice", Map.of("name", "open to all"));
    realm.patFrom("alice", "127.0.0.1");
    openPage();
    Locator open =
        page.getByTestId("overview")
            .getByRole(AriaRole.BUTTON)
            .filter(new Locator.FilterOptions().setHasText("without any restriction"));
    assertThat(open).containsText("1");
    page.getByLabel("Name begins with").fill("nothing has this name");
    assertThat(rows()).hasCount(0);
    open.click();
    assertThat(rows()).hasCount(1);
    assertThat(rows().first()).containsText("open to all");
    // What counts is what stands there, and nothing besides.
    assertThat(page.getByLabel("Name begins with")).hasValue("");
    button("Show all").click();
    assertThat(rows()).hasCount(2);
    page.getByText("Jobs and addresses").click();
    assertThat(page.getByText("You come from 127.0.0.1")).isVisible();
  }

  @Test
  @Contract
  void theConsoleHasALinkAndIsWhatItWasElsewhere() {
    window(master);
    Locator link = link();
    open("#/" + REALM, link);
    link.click();
    assertThat(heading()).isVisible();
    assertThat(link).hasAttribute("aria-current", "page");
    page.reload();
    assertThat(heading()).isVisible();

    page.locator("#nav-item-realm-settings").click();
    assertThat(page.getByText("Require SSL").first()).isVisible();
    assertThat(heading()).isHidden();
    page.goBack();
    assertThat(heading()).isVisible();
    assertThat(page.locator("access-keys-admin")).hasCount(1);
  }

  /** As the documents say that a realm should have it. */
  private void addClient() throws IOException {
    Matcher client =
        Pattern.compile(
                "```json\\n(\\{\\s+\"clientId\": \"access-keys-admin\".*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Checkout.root().resolve("themes/README.md")));
    assertThat(client.find()).isTrue();
    realm.admin("POST", "/clients", client.group(1).replace("acme", REALM)).expect(201);
  }

  private void standAlone(String user, String locale, Runnable ready) {
    window(chromium.nextPerson(realm.server().baseUri(), locale));
    ready.run();
    page.navigate(realm.uri("/access-keys/admin/").toString());
    signIn(user, user);
    heading().waitFor();
  }

  @Test
  void itStandsAloneForWhoeverSignsInAsAnAdministrator() throws IOException {
    Http.get(realm.uri("/access-keys/admin/"), Map.of()).expect(404);
    addClient();
    TestKey key = realm.pat("alice", Map.of("name", "leaked"));
    realm.patFrom("bob", "203.0.113.0/24");
    realm.asAdminWith("manage-users", "view-realm");

    standAlone("admin-manage-users-view-realm", "en-US", () -> {});
    assertThat(rows()).hasCount(2);
    assertThat(page.url()).isEqualTo(realm.uri("/access-keys/admin/").toString());
    PageLook.seriousFaults(page);
    PageLook.picture(page, "admin-alone");
    page.getByLabel("Find a key that you have found somewhere").fill(key.text());
    button("Find").click();
    Locator panel = page.getByTestId("key-panel");
    assertThat(panel.getByText("alice"))
        .hasAttribute("href", Pattern.compile("/admin/admin-page/console/#/admin-page/users/.*"));
    revoke(panel);
    assertThat(panel).containsText("Revoked");
    assertThat(status(key)).isEqualTo(401);
    assertThat(page.evaluate("() => localStorage.length + sessionStorage.length").toString())
        .isEqualTo("0");
    assertThat(said).noneMatch(text -> text.contains("Content Security Policy"));

    page.getByText("Sign out").click();
    page.locator("#kc-logout").click();
    page.navigate(realm.uri("/access-keys/admin/").toString());
    assertThat(page.locator("#username")).isVisible();
  }

  @Test
  void standingAloneItShowsNothingToOthersAndRunsNothingOfOthers() throws IOException {
    addClient();
    realm.speaksGermanToo("de");
    realm.pat("alice", Map.of("name", "secret matter"));
    standAlone("bob", "de-DE", this::dark);
    assertThat(page.locator(".access-keys .pf-v5-c-alert").first()).isVisible();
    assertThat(heading()).hasText("Zugriffsschlüssel");
    assertThat(page.locator("html")).hasClass(Pattern.compile("pf-v5-theme-dark"));
    assertThat(page.locator("body")).not().containsText("secret matter");
    assertThat(
            (Boolean)
                page.evaluate(
                    "() => new Promise(done => { const planted = document.createElement('script');"
                        + " planted.textContent = 'window.planted = true';"
                        + " document.body.append(planted); setTimeout(() => done(window.planted ==="
                        + " true), 200); })"))
        .isFalse();
    assertThat(said).anyMatch(text -> text.contains("Content Security Policy"));
    realm.change(realm.client("access-keys-admin"), Map.of("publicClient", false));
    Http.get(realm.uri("/access-keys/admin/"), Map.of()).expect(404);
  }

  @Test
  void whoMayNotSeeKeysIsToldSo() {
    realm.pat("alice", Map.of("name", "secret matter"));
    realm.asAdminWith("query-groups");
    openPageAs("admin-query-groups", "en-US");
    assertThat(page.locator(".access-keys .pf-v5-c-alert").first()).isVisible();
    assertThat(page.locator(".access-keys").first()).not().containsText("secret matter");
    assertThat(link()).isVisible();
  }

  @Test
  void germansReadGerman() {
    realm.speaksGermanToo("de");
    realm.patFrom("bob", "203.0.113.0/24");
    realm.asAdminWith("manage-users", "view-realm");
    openPageAs("admin-manage-users-view-realm", "de-DE");
    assertThat(link()).hasText("Zugriffsschlüssel");
    assertThat(heading()).hasText("Zugriffsschlüssel");
    assertThat(rows().first()).containsText("Aktiv");
    PageLook.picture(page, "admin-german");
  }

  @Test
  void itLooksAsTheConsoleDoesAndCanBeRead() {
    realm.pat("alice", Map.of("name", "nightly report"));
    realm.patFrom("bob", "203.0.113.0/24");
    realm.apiKey("orders:read");
    openPage();
    assertThat(rows()).hasCount(3);
    PageLook.seriousFaults(page);
    PageLook.picture(page, "admin-light");
    rows().first().getByRole(AriaRole.BUTTON).click();
    PageLook.seriousFaults(page, page.getByTestId("key-panel"));
    page.close();

    window(master);
    dark();
    open("#/" + REALM + "/access-keys", heading());
    assertThat(rows()).hasCount(3);
    rows().last().getByRole(AriaRole.BUTTON).click();
    PageLook.seriousFaults(page, page.getByTestId("key-panel"));
    PageLook.picture(page, "admin-dark");
    page.close();

    window(master);
    page.setViewportSize(360, 800);
    open("#/" + REALM + "/access-keys", heading());
    assertThat(rows()).hasCount(3);
    PageLook.seriousFaults(page);
    PageLook.picture(page, "admin-phone");
  }
}
