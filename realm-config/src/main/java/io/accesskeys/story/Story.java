package io.accesskeys.story;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A realm file and the page that walks through it.
 *
 * @param name of the realm, of its file and of its page
 */
public record Story(String name) {

  private static final Path REALMS = Checkout.root().resolve("realm-config/realms");
  private static final Path PAGES = Checkout.root().resolve("realm-config/docs");

  /** All that have a file; {@code acme} has the demo for its page. */
  static List<Story> all() {
    try (Stream<Path> files = Files.list(REALMS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json") && !file.equals("acme.json"))
          .map(file -> new Story(file.substring(0, file.length() - ".json".length())))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The realm file. */
  public Path file() {
    return REALMS.resolve(name + ".json");
  }

  Path page() {
    return PAGES.resolve(name + ".md");
  }

  Walk walk() {
    return Walk.of(page());
  }

  @Override
  public String toString() {
    return name;
  }
}
