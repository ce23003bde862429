package io.accesskeys.story;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.accesskeys.bench.Chromium;
import io.accesskeys.bench.RecordingApi;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at sign-in in a real browser: a person comes by a link and leaves with a file. */
@RequiresTool("chromium")
class TokenAtSignInIT {

  private static final TestRealm REALM = StoryRealms.of("token-at-sign-in");

  /** The verifier stays with the website; the browser never needs it. */
  private static final String LINK =
      "/protocol/openid-connect/auth?client_id=acme-website&response_type=code&scope=openid"
          + "&code_challenge_method=S256"
          + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
          + "&kc_action=create-access-key&redirect_uri=";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTokenIsInTheFileAndNowhereAfterwards(boolean script) throws IOException {
    try (RecordingApi website = RecordingApi.start();
        Chromium chromium = Chromium.start();
        BrowserContext alice =
            chromium.somebody(
                new Browser.NewContextOptions()
                    .setAcceptDownloads(true)
                    .setJavaScriptEnabled(script))) {
      Page page = alice.newPage();
      page.navigate(REALM.uri(LINK + website.uri() + "/callback").toString());
      page.locator("#username").fill("alice");
      page.locator("#password").fill("alice");
      page.locator("#kc-login").click();
      page.locator("#name").fill("my script");
      page.locator("input[value='acme-api orders:read']").check();
      page.locator("button[name=create]").click();

      assertThat(page.locator("#access-key-secret")).isVisible();
      String shown = page.locator("#access-key-secret").textContent();
      Download file = page.waitForDownload(() -> page.locator("button[name=download]").click());
      assertThat(file.suggestedFilename()).endsWith(".env");
      assertThat(Files.readString(file.path())).isEqualTo("ACCESS_KEY=" + shown + "\n");
      REALM.verify(shown, "?client=acme-api&scope=orders:read").expect(200);

      page.locator("button[name=done]").click();
      page.waitForURL("**/callback*");
      assertThat(page.url()).contains("kc_action_status=success").doesNotContain(shown);
      assertThat(back(page)).doesNotContain(shown);
    }
  }

  /** What the browser still has of the page before; it may have kept nothing. */
  private static String back(Page page) {
    try {
      page.goBack();
      return page.content();
    } catch (PlaywrightException e) {
      assertThat(e).hasMessageContaining("ERR_CACHE_MISS");
      return "";
    }
  }
}
