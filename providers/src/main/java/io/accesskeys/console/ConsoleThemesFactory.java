package io.accesskeys.console;

import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.ThemeProvider;
import org.keycloak.theme.ThemeProviderFactory;

/**
 * Puts our pages into the consoles. Into the Account Console by every account theme, and by one
 * more that a realm can select where an operator wants the others left alone; into the Admin
 * Console by every admin theme.
 */
public final class ConsoleThemesFactory implements ThemeProviderFactory {

  /** The account theme that always has the page: in realms, so never to change. */
  static final String THEME = "access-keys";

  private boolean inEveryTheme;
  private boolean inAdminConsole;
  private boolean pageIsBuilt;

  @Override
  public ThemeProvider create(KeycloakSession session) {
    return pageIsBuilt
        ? new ConsoleThemes(
            session, inEveryTheme ? name -> true : Set.of(THEME)::contains, inAdminConsole)
        : new ConsoleThemes(session, name -> false, false);
  }

  @Override
  public void init(Config.Scope config) {
    inEveryTheme = config.getBoolean("every-theme", true);
    inAdminConsole = config.getBoolean("admin-console", true);
    pageIsBuilt = PageFiles.isBuilt();
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "access-keys";
  }
}
