package io.accesskeys.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * Somebody's theme of a console with our page: in the menu of an account theme, by a script of an
 * admin theme. All else is as they have it.
 */
final class ThemeWithPage implements Theme {

  /** Keycloak adds scripts that have a name to those of the theme's parents (since 26.7). */
  private static final String SCRIPT = "scripts.access-keys";

  private final Theme theme;

  ThemeWithPage(Theme theme) {
    this.theme = theme;
  }

  @Override
  public InputStream getResourceAsStream(String path) throws IOException {
    InputStream resource = theme.getResourceAsStream(path);
    if (resource == null || !path.equals(Menu.FILE)) {
      return resource;
    }
    try (resource) {
      return new ByteArrayInputStream(Menu.withPage(resource.readAllBytes(), getName()));
    }
  }

  @Override
  public boolean hasResource(String path) throws IOException {
    return theme.hasResource(path);
  }

  @Override
  public boolean hasContentHash(String path) throws IOException {
    return theme.hasContentHash(path);
  }

  @Override
  public String getName() {
    return theme.getName();
  }

  @Override
  public String getParentName() {
    return theme.getParentName();
  }

  @Override
  public String getImportName() {
    return theme.getImportName();
  }

  @Override
  public Type getType() {
    return theme.getType();
  }

  @Override
  public boolean isAbstract() throws IOException {
    return theme.isAbstract();
  }

  @Override
  public URL getTemplate(String name) throws IOException {
    return theme.getTemplate(name);
  }

  @Override
  public Properties getMessages(Locale locale) throws IOException {
    return theme.getMessages(locale);
  }

  @Override
  public Properties getMessages(String bundle, Locale locale) throws IOException {
    return theme.getMessages(bundle, locale);
  }

  @Override
  public Properties getEnhancedMessages(RealmModel realm, Locale locale) throws IOException {
    return theme.getEnhancedMessages(realm, locale);
  }

  @Override
  public Properties getProperties() throws IOException {
    if (getType() != Type.ADMIN) {
      return theme.getProperties();
    }
    Properties properties = new Properties();
    properties.putAll(theme.getProperties());
    properties.setProperty(SCRIPT, PageFiles.LOADER_PATH);
    properties.setProperty(SCRIPT + ".type", "module");
    return properties;
  }
}
