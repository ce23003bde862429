package io.accesskeys.it.page;

import static org.assertj.core.api.Assertions.assertThat;

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

  private PageLook() {}

  /** A browser for tests of our pages; the caller closes it. */
  public static Chromium browser() {
    // A machine that is busy is slow, and not wrong.
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    return Chromium.start();
  }

  /** Fails on what axe-core finds serious in what is ours on the screen. */
  static void seriousFaults(Page page) {
    try {
      // Not as a script of the page, which may forbid all but its own.
      page.evaluate(Files.readString(AXE) + ";null");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Not while something fades in: half of a colour has half of its contrast.
    page.waitForTimeout(400);
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
