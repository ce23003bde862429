package io.accesskeys.it.page;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Somebody who has the page for their keys open in the Account Console. */
final class AccountPage implements AutoCloseable {

  /** What Chromium says of the console's own frame, in which Keycloak watches the session. */
  private static final String OF_KEYCLOAK = "An iframe which has both allow-scripts";

  private final TestRealm realm;
  private final Page page;
  private final Runnable end;
  private final List<String> said = new ArrayList<>();

  private AccountPage(TestRealm realm, Page page, Runnable end) {
    this.realm = realm;
    this.page = page;
    this.end = end;
    page.onConsoleMessage(
        message -> {
          if (!message.text().startsWith(OF_KEYCLOAK)) {
            said.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> said.add("error: " + error));
  }

  /** A browser with nobody's traces, in which this user signs in and comes to the page. */
  static AccountPage of(Chromium chromium, TestRealm realm, String user) {
    return of(chromium, realm, user, "en-US");
  }

  /** The same in a browser whose language is this one. */
  static AccountPage of(Chromium chromium, TestRealm realm, String user, String locale) {
    return of(chromium, realm, user, locale, page -> {});
  }

  /** The same in a window that is made ready first. */
  static AccountPage of(
      Chromium chromium, TestRealm realm, String user, String locale, Consumer<Page> ready) {
    Page page = chromium.nextPerson(realm.server().baseUri(), locale).newPage();
    ready.accept(page);
    return signedIn(new AccountPage(realm, page, page::close), user);
  }

  /** The same in a browser of their own with these settings. */
  static AccountPage of(
      Chromium chromium, TestRealm realm, String user, NewContextOptions options) {
    BrowserContext browser = chromium.somebody(options);
    return signedIn(new AccountPage(realm, browser.newPage(), browser::close), user);
  }

  private static AccountPage signedIn(AccountPage page, String user) {
    page.open();
    page.signIn(user);
    page.heading().waitFor();
    return page;
  }

  void open() {
    page.navigate(realm.uri("/account/content/api-keys").toString());
  }

  void signIn(String user) {
    page.locator("#username").fill(user);
    confirmPassword(user);
  }

  /** On the page that asks who is signed in for their password again. */
  void confirmPassword(String user) {
    page.locator("#password").fill(user);
    page.locator("[type=submit]").click();
  }

  /** Whether the server asks for the password again. */
  boolean asksForPassword() {
    page.locator("#password").waitFor();
    return page.url().contains("/login-actions/") || page.url().contains("/openid-connect/auth");
  }

  Locator heading() {
    return page.getByTestId("access-keys-heading");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A field by the label that people see, to which a star is added where it must be filled in. */
  Locator field(String label) {
    return page.getByLabel(Pattern.compile("^" + label + "( ?\\*)?$"));
  }

  /** The dialog that is open. */
  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** A button of the dialog that is open. */
  Locator inDialog(String button) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true));
  }

  Locator text(String text) {
    return page.getByText(text);
  }

  /** What has this mark for tests. */
  Locator marked(String mark) {
    return page.getByTestId(mark);
  }

  /** The row of the key of this name. */
  Locator row(String name) {
    return page.locator("tr[data-key-id]").filter(new Locator.FilterOptions().setHasText(name));
  }

  /** How the row of the key of this name says its state. */
  String state(String name) {
    return row(name).locator("[data-state]").getAttribute("data-state");
  }

  /** Fills in the wizard up to its last step, for a token that reads orders. */
  void fillIn(String name) {
    field("Name").fill(name);
    button("Next").click();
    button("Next").click();
    button("Next").click();
    field("orders").selectOption("read");
    button("Next").click();
    button("Use my current address (127.0.0.1)").click();
    button("Next").click();
  }

  /** The secret that is shown now. */
  String secret() {
    String secret = marked("secret").inputValue();
    ShownSecrets.add(secret);
    return secret;
  }

  /** Closes the panel with the secret. */
  void secretIsCopied() {
    button("I have copied it").click();
    marked("secret").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  /** A new token of this name; it has been copied, and the panel is closed. */
  String create(String name) {
    page.getByRole(AriaRole.BUTTON)
        .filter(new Locator.FilterOptions().setHasText("Create"))
        .first()
        .click();
    fillIn(name);
    button("Create").click();
    String secret = secret();
    secretIsCopied();
    return secret;
  }

  /** Opens the panel of the key of this name and does this. */
  void act(String name, String action) {
    if (!marked("key-panel").isVisible()) {
      row(name).getByRole(AriaRole.BUTTON).first().click();
    }
    marked("key-panel").locator("[data-action=" + action + "]").click();
  }

  /** What is downloaded when this button is pressed. */
  Download download(String button) {
    return page.waitForDownload(() -> button(button).click());
  }

  /** Everything that a browser keeps of a page, and what the page said while it was open. */
  String traces() {
    return page.content()
        + page.evaluate(
            "() => [location.href, JSON.stringify(history.state), document.cookie,"
                + " JSON.stringify(localStorage), JSON.stringify(sessionStorage),"
                + " ...[...document.querySelectorAll('input, textarea')].map(e => e.value),"
                + " ...performance.getEntries().map(e => e.name)].join('\\n')")
        + said;
  }

  /** What was written to the console, but for what Keycloak's own page is told. */
  List<String> said() {
    return said;
  }

  Page page() {
    return page;
  }

  @Override
  public void close() {
    end.run();
  }
}
