package io.accesskeys.console;

import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.ThemeProvider;
import org.keycloak.theme.ThemeProviderFactory;

/**
 * Puts our page into the Account Console: into every account theme, and into one more that a realm
 * can select where an operator wants the others left alone.
 */
public final class AccountThemesFactory implements ThemeProviderFactory {

  /** The account theme that always has the page: in realms, so never to change. */
  static final String THEME = "access-keys";

  private boolean inEveryTheme;
  private boolean pageIsBuilt;

  @Override
  public ThemeProvider create(KeycloakSession session) {
    return pageIsBuilt
        ? new AccountThemes(session, inEveryTheme ? name -> true : Set.of(THEME)::contains)
        : new AccountThemes(session, name -> false);
  }

  @Override
  public void init(Config.Scope config) {
    inEveryTheme = config.getBoolean("every-theme", true);
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
