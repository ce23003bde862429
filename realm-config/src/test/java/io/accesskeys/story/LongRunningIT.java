package io.accesskeys.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.Gateway;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The realm {@code long-running-apps} with a real browser and Spring's own client library. */
@RequiresTool("chromium")
class LongRunningIT {

  private static TestRealm realm;
  private static Chromium chromium;
  private static Gateway api;
  private static Gateway app;

  @BeforeAll
  static void start() {
    realm = StoryRealms.of("long-running-apps");
    chromium = Chromium.start();
    URI home = realm.uri("");
    api = Gateway.start("spring/opaque-token/application.yaml", new Gateway.Place(home, "", home));
    app =
        Gateway.start(
            "spring/long-running/application.yaml", new Gateway.Place(home, "", api.uri()));
  }

  @AfterAll
  static void end() {
    app.close();
    api.close();
    chromium.close();
  }

  /** Spring refreshes a token that has no more than a minute left. */
  @BeforeEach
  void everyCallNeedsANewToken() {
    realm.attribute("web-app", "access.token.lifespan", "60");
  }

  @AfterEach
  void usualLifespan() {
    realm.attribute("web-app", "access.token.lifespan", "");
  }

  @Test
  void theAppActsForAPersonWhoseSessionIsOverUntilTheyTakeItBack() {
    try (BrowserContext browser = chromium.somebody(new Browser.NewContextOptions())) {
      Page page = browser.newPage();
      page.navigate(app.uri() + "/delivery");
      page.locator("#username").fill("alice");
      page.locator("#password").fill("alice");
      page.locator("#kc-login").click();
      assertThat(page.locator("body")).hasText("anvil");

      String alice = realm.user("alice");
      for (JsonNode session : realm.admin("GET", alice + "/sessions", null).json()) {
        realm.admin("DELETE", "/sessions/" + session.path("id").asText(), null).expect(204);
      }
      assertThat(realm.admin("GET", alice + "/sessions", null).json()).isEmpty();
      for (int i = 0; i < 3; i++) {
        page.reload();
        assertThat(page.locator("body")).hasText("anvil");
      }

      realm.admin("DELETE", alice + "/consents/web-app", null).expect(204);
      page.reload();
      assertThat(page.locator("body")).not().containsText("anvil");
      page.navigate(app.uri() + "/delivery");
      assertThat(page.locator("#username")).isVisible();
    }
  }
}
