package io.accesskeys.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeProvider;
import org.keycloak.theme.ThemeSelectorProvider;

/**
 * Account themes with our page in their menu. A theme that has no menu of its own inherits one, and
 * is left to its own provider.
 */
final class AccountThemes implements ThemeProvider {

  private static final Logger LOG = Logger.getLogger(AccountThemes.class);

  private final KeycloakSession session;
  private final Predicate<String> wanted;

  /**
   * @param wanted which themes get the page, by name
   */
  AccountThemes(KeycloakSession session, Predicate<String> wanted) {
    this.session = session;
    this.wanted = wanted;
  }

  /** Asked before the providers that have the themes. */
  @Override
  public int getProviderPriority() {
    return 1000;
  }

  @Override
  public Set<String> nameSet(Theme.Type type) {
    return type == Theme.Type.ACCOUNT && wanted.test(AccountThemesFactory.THEME)
        ? Set.of(AccountThemesFactory.THEME)
        : Set.of();
  }

  @Override
  public boolean hasTheme(String name, Theme.Type type) {
    return type == Theme.Type.ACCOUNT && wanted.test(name) && theme(name).isPresent();
  }

  @Override
  public Theme getTheme(String name, Theme.Type type) {
    return theme(name).orElseThrow();
  }

  @Override
  public void close() {}

  private Optional<Theme> theme(String name) {
    if (!name.equals(AccountThemesFactory.THEME)) {
      return ofOthers(name).map(ThemeWithPage::new);
    }
    String parent =
        session.getProvider(ThemeSelectorProvider.class).getDefaultThemeName(Theme.Type.ACCOUNT);
    return ofOthers(parent).map(SelectableTheme::new);
  }

  /** The theme of this name that would be taken if we were not there, if it has a menu. */
  private Optional<Theme> ofOthers(String name) {
    return session.getAllProviders(ThemeProvider.class).stream()
        .filter(provider -> !(provider instanceof AccountThemes))
        .sorted(Comparator.comparingInt(ThemeProvider::getProviderPriority).reversed())
        .filter(provider -> provider.hasTheme(name, Theme.Type.ACCOUNT))
        .findFirst()
        .stream()
        .flatMap(provider -> withMenu(provider, name))
        .findFirst();
  }

  /** Whatever cannot be read is left to whoever has it, who will say so. */
  private static Stream<Theme> withMenu(ThemeProvider provider, String name) {
    try {
      Theme theme = provider.getTheme(name, Theme.Type.ACCOUNT);
      try (InputStream menu = theme.getResourceAsStream(Menu.FILE)) {
        return menu == null ? Stream.empty() : Stream.of(theme);
      }
    } catch (IOException e) {
      LOG.debugf(e, "The account theme %s stays without our page", name);
      return Stream.empty();
    }
  }
}
