package io.accesskeys.console;

import java.io.IOException;
import java.util.Properties;
import org.keycloak.theme.Theme;

/** Somebody's admin theme, with a script that puts our page into the console. */
final class AdminThemeWithPage extends DecoratedTheme {

  /** Keycloak adds scripts that have a name to those of the theme and its parents (since 26.7). */
  private static final String SCRIPT = "scripts.access-keys";

  AdminThemeWithPage(Theme theme) {
    super(theme);
  }

  @Override
  public Properties getProperties() throws IOException {
    Properties properties = new Properties();
    properties.putAll(super.getProperties());
    properties.setProperty(SCRIPT, PageFiles.LOADER_PATH);
    properties.setProperty(SCRIPT + ".type", "module");
    return properties;
  }
}
