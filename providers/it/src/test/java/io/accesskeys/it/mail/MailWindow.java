package io.accesskeys.it.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.accesskeys.bench.Chromium;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The window in which somebody reads their mail as HTML: on a phone, since it is narrow. */
final class MailWindow implements AutoCloseable {

  private static final int WIDTH = 360;
  private static final Path PICTURES = Path.of("target/mails");

  private final Chromium chromium = Chromium.shared();
  private final BrowserContext reader =
      chromium.somebody(new Browser.NewContextOptions().setViewportSize(WIDTH, 480));

  /**
   * Opens a mail: its HTML says what its plain text says, asks nobody for anything, and is no wider
   * than the window. Keeps a picture in {@code target/mails}.
   */
  void look(MimeMessage mail) {
    try (Page page = reader.newPage()) {
      List<String> asked = new ArrayList<>();
      page.onRequest(request -> asked.add(request.url()));
      page.setContent(part(mail, 1));
      assertThat(words(page.innerText("body"))).isEqualTo(words(part(mail, 0)));
      assertThat(asked).isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(WIDTH);
      String name = subject(mail).replaceAll("[^A-Za-z]+", "-");
      page.screenshot(
          new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }
  }

  /** A table needs no colons between its names and values. */
  private static String words(String text) {
    return text.replaceAll(":?\\s+", " ").strip();
  }

  private static String part(MimeMessage mail, int number) {
    try {
      return ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent().toString();
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
