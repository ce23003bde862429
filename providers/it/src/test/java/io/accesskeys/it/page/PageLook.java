package io.accesskeys.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;

/** How a page of ours looks, and to whom it cannot be read. */
public final class PageLook {

  private static final Path AXE =
      Checkout.root().resolve("themes/node_modules/axe-core/axe.min.js");

  /**
   * Comes back when nothing moves that will come to an end, in two frames one after the other: a
   * page may begin to move something in answer to what has just come.
   */
  private static final String UNTIL_STILL =
      "async () => { const moves = () => document.getAnimations().some(one =>"
          + " one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity);"
          + " const end = performance.now() + 20000;"
          + " for (let still = 0; still < 2; still = moves() ? 0 : still + 1) {"
          + " if (performance.now() > end) throw new Error('The page never stops moving');"
          + " await new Promise(requestAnimationFrame); } }";

  private PageLook() {}

  /** The browser for tests of our pages. */
  public static Chromium browser() {
    // A machine that is busy is slow, and not wrong.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    return Chromium.shared();
  }

  /**
   * Fails on what axe-core finds serious in what is ours on the screen, as soon as all of this is
   * there.
   */
  static void seriousFaults(Page page, Locator... there) {
    for (Locator each : there) {
      each.first().waitFor();
    }
    try {
      // Not as a script of the page, which may forbid all but its own.
      page.evaluate(Files.readString(AXE) + ";null");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Not while something fades in: half of a colour has half of its contrast.
    page.evaluate(UNTIL_STILL);
    Object found =
        page.evaluate(
            "async () => (await axe.run({include: [['.access-keys'], ['.pf-v5-c-modal-box']]"
                + ".filter(([one]) => document.querySelector(one))})).violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))");
    assertThat(found).asInstanceOf(InstanceOfAssertFactories.LIST).isEmpty();
  }

  /** Keeps a picture in {@code target}, or for the documents with {@code -Dscreenshots.write}. */
  static void picture(Page page, String name) {
    Path folder =
        Optional.ofNullable(System.getProperty("screenshots.write")).isPresent()
            ? Checkout.root().resolve("themes/docs")
            : Path.of("target/screenshots");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
