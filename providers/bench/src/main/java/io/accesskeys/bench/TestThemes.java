package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Account themes of somebody else, in a jar of their own: {@code acme} with a menu of its own,
 * {@code acme-child} that inherits it, {@code taken} with a page of another extension, and {@code
 * broken} whose menu is no JSON.
 */
final class TestThemes {

  private static final List<String> FILES =
      List.of(
          "META-INF/keycloak-themes.json",
          "theme/acme/account/theme.properties",
          "theme/acme/account/resources/content.json",
          "theme/acme-child/account/theme.properties",
          "theme/taken/account/theme.properties",
          "theme/taken/account/resources/content.json",
          "theme/broken/account/theme.properties",
          "theme/broken/account/resources/content.json");

  private TestThemes() {}

  /** The jar for {@code providers/}. */
  static Path jar(Path folder) {
    return TestJar.ofFiles(folder.resolve("access-keys-test-themes.jar"), "testthemes/", FILES);
  }
}
