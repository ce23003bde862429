package io.accesskeys.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Chromium of this machine, without a window. Each of its contexts is a browser of its own,
 * with nothing in it. Tests that use it carry {@code @RequiresTool("chromium")}.
 */
public final class Chromium implements AutoCloseable {

  /** It runs as root, has no graphics, and asks nobody but the server under test for anything. */
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; the caller closes it. */
  public static Chromium start() {
    Path program =
        Tools.find("chromium").orElseThrow(() -> new IllegalStateException("There is no chromium"));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(FLAGS));
    return new Chromium(playwright, browser);
  }

  /** Somebody's browser; closing it forgets all that they did. */
  public BrowserContext somebody(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
