package io.accesskeys.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.Gateway;
import io.accesskeys.bench.RequiresTool;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The realm {@code sign-in-with-pkce} with a real browser and Spring's own client library. */
@RequiresTool("chromium")
class SignInIT {

  private static final URI REALM = StoryRealms.of("sign-in-with-pkce").uri("");

  private static Chromium chromium;
  private static Gateway app;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    app = Gateway.start("spring/login/application.yaml", new Gateway.Place(REALM, "", REALM));
  }

  @AfterAll
  static void end() {
    app.close();
    chromium.close();
  }

  private static Page signIn(BrowserContext browser) {
    Page page = browser.newPage();
    page.navigate(app.uri() + "/hello");
    page.locator("#username").fill("alice");
    page.locator("#password").fill("alice");
    page.locator("#kc-login").click();
    return page;
  }

  /** In this order: Keycloak remembers who has agreed. */
  @Test
  void aPersonIsSignedInWhenTheyAgreeAndNotBefore() {
    try (BrowserContext browser = chromium.somebody(new Browser.NewContextOptions())) {
      Page page = signIn(browser);
      assertThat(page.locator("#kc-oauth")).containsText("orders:read");
      page.locator("button[name=cancel], input[name=cancel]").click();
      page.waitForURL(app.uri() + "/login?error**");
    }
    try (BrowserContext browser = chromium.somebody(new Browser.NewContextOptions())) {
      List<String> asked = new CopyOnWriteArrayList<>();
      browser.onRequest((Request request) -> asked.add(request.url()));
      Page page = signIn(browser);
      page.locator("button[name=accept], input[name=accept]").click();
      assertThat(page.locator("body")).hasText("Hello alice");
      assertThat(page.url()).startsWith(app.uri() + "/hello");
      assertThat(asked)
          .anyMatch(
              url ->
                  url.startsWith(REALM + "/protocol/openid-connect/auth?")
                      && url.contains("code_challenge_method=S256")
                      && url.contains("code_challenge="));
    }
  }
}
