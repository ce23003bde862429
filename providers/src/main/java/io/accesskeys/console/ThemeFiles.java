package io.accesskeys.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.PropertiesUtil;
import org.keycloak.theme.ThemeResourceProvider;
import org.keycloak.theme.ThemeResourceProviderFactory;

/**
 * Gives our templates, messages and files of the page to every theme, which may override them. In
 * folders of our own: of the files under {@code theme-resources} that several jars have, Keycloak
 * takes one.
 */
public final class ThemeFiles implements ThemeResourceProviderFactory, ThemeResourceProvider {

  private static final String FOLDER = "access-keys/";

  @Override
  public ThemeResourceProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public URL getTemplate(String name) {
    return file("templates/" + name);
  }

  @Override
  public InputStream getResourceAsStream(String path) {
    return PageFiles.ofTheme(path);
  }

  @Override
  public Properties getMessages(String bundle, Locale locale) throws IOException {
    Properties messages = new Properties();
    URL file = file("messages/" + bundle + "_" + locale + ".properties");
    if (file != null) {
      try (InputStream stream = file.openStream()) {
        PropertiesUtil.readCharsetAware(messages, stream);
      }
    }
    return messages;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "access-keys";
  }

  private static URL file(String path) {
    return ThemeFiles.class.getClassLoader().getResource(FOLDER + path);
  }
}
