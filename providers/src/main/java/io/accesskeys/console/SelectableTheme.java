package io.accesskeys.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * The account theme {@value ConsoleThemesFactory#THEME}: its parent, Keycloak's default one, with
 * our page in the menu. Made here and not of files, so that its menu is always that of the Keycloak
 * that runs.
 */
final class SelectableTheme implements Theme {

  private final Theme parent;

  SelectableTheme(Theme parent) {
    this.parent = parent;
  }

  @Override
  public InputStream getResourceAsStream(String path) throws IOException {
    return path.equals(Menu.FILE)
        ? new AccountThemeWithPage(parent).getResourceAsStream(path)
        : null;
  }

  @Override
  public String getName() {
    return ConsoleThemesFactory.THEME;
  }

  @Override
  public String getParentName() {
    return parent.getName();
  }

  @Override
  public String getImportName() {
    return null;
  }

  @Override
  public Type getType() {
    return Type.ACCOUNT;
  }

  @Override
  public URL getTemplate(String name) {
    return null;
  }

  @Override
  public Properties getMessages(Locale locale) {
    return new Properties();
  }

  @Override
  public Properties getMessages(String bundle, Locale locale) {
    return new Properties();
  }

  @Override
  public Properties getEnhancedMessages(RealmModel realm, Locale locale) {
    return new Properties();
  }

  @Override
  public Properties getProperties() {
    return new Properties();
  }
}
