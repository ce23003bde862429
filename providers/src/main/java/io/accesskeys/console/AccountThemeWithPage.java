package io.accesskeys.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.keycloak.theme.Theme;

/** Somebody's account theme, with our page in its menu. */
final class AccountThemeWithPage extends DecoratedTheme {

  AccountThemeWithPage(Theme theme) {
    super(theme);
  }

  @Override
  public InputStream getResourceAsStream(String path) throws IOException {
    InputStream resource = super.getResourceAsStream(path);
    if (resource == null || !path.equals(Menu.FILE)) {
      return resource;
    }
    try (resource) {
      return new ByteArrayInputStream(Menu.withPage(resource.readAllBytes(), getName()));
    }
  }
}
