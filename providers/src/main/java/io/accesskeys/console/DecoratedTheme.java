package io.accesskeys.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** Somebody's theme as they have it; those that extend this add our page to it. */
abstract class DecoratedTheme implements Theme {

  private final Theme theme;

  DecoratedTheme(Theme theme) {
    this.theme = theme;
  }

  @Override
  public InputStream getResourceAsStream(String path) throws IOException {
    return theme.getResourceAsStream(path);
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
    return theme.getProperties();
  }
}
