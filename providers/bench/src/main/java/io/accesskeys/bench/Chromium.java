package io.accesskeys.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Chromium of this machine, without a window. Each of its contexts is a browser of its own,
 * with nothing in it. Tests that use it carry {@code @RequiresTool("chromium")}, and use it on the
 * thread that started it.
 */
public final class Chromium implements AutoCloseable {

  private static Chromium shared;

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

  /** The same engine without the windows of a browser: two thirds of the CPU time. */
  private static final String WITHOUT_WINDOW = "chromium-headless-shell";

  private final Playwright playwright;
  private final Browser browser;
  private final Map<String, BrowserContext> languages = new HashMap<>();

  private final boolean ofTheJvm;

  private Chromium(Playwright playwright, Browser browser, boolean ofTheJvm) {
    this.playwright = playwright;
    this.browser = browser;
    this.ofTheJvm = ofTheJvm;
  }

  /** The one of this JVM, with which it ends; closing it does nothing. */
  public static synchronized Chromium shared() {
    if (shared == null) {
      shared = start(true);
    }
    return shared;
  }

  /** Starts one; the caller closes it. */
  public static Chromium start() {
    return start(false);
  }

  private static Chromium start(boolean ofTheJvm) {
    Path program =
        Tools.find(WITHOUT_WINDOW)
            .or(() -> Tools.find("chromium"))
            .orElseThrow(() -> new IllegalStateException("There is no chromium"));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(FLAGS));
    return new Chromium(playwright, browser, ofTheJvm);
  }

  /** Somebody's browser; closing it forgets all that they did. */
  public BrowserContext somebody(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  /**
   * The browser that people who read this language have one after the other. The pages, cookies and
   * storage of whoever had it before are gone, but scripts that it has loaded are not loaded and
   * compiled again: Keycloak's consoles have megabytes of them. Nobody closes it. Whoever has to be
   * there at the same time as another needs {@link #somebody}.
   */
  public BrowserContext nextPerson(URI server, String locale) {
    BrowserContext context =
        languages.computeIfAbsent(
            locale, said -> somebody(new Browser.NewContextOptions().setLocale(said)));
    List.copyOf(context.pages()).forEach(Page::close);
    context.clearCookies();
    // What a page kept for its session went with it.
    try (Page page = context.newPage()) {
      page.navigate(server + "/robots.txt");
      page.evaluate("localStorage.clear()");
    }
    return context;
  }

  @Override
  public void close() {
    if (!ofTheJvm) {
      browser.close();
      playwright.close();
    }
  }
}
