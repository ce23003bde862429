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
 * The themes of both consoles with our pages in them: account themes by their menu, admin themes by
 * a script. An account theme that has no menu of its own inherits one, and is left to its own
 * provider.
 */
final class ConsoleThemes implements ThemeProvider {

  private static final Logger LOG = Logger.getLogger(ConsoleThemes.class);

  private final KeycloakSession session;
  private final Predicate<String> wanted;
  private final boolean inAdminConsole;

  /**
   * @param wanted which account themes get the page, by name
   * @param inAdminConsole whether admin themes get theirs
   */
  ConsoleThemes(KeycloakSession session, Predicate<String> wanted, boolean inAdminConsole) {
    this.session = session;
    this.wanted = wanted;
    this.inAdminConsole = inAdminConsole;
  }

  /** Asked before the providers that have the themes. */
  @Override
  public int getProviderPriority() {
    return 1000;
  }

  @Override
  public Set<String> nameSet(Theme.Type type) {
    return type == Theme.Type.ACCOUNT && wanted.test(ConsoleThemesFactory.THEME)
        ? Set.of(ConsoleThemesFactory.THEME)
        : Set.of();
  }

  @Override
  public boolean hasTheme(String name, Theme.Type type) {
    return switch (type) {
      case ACCOUNT -> wanted.test(name) && theme(name).isPresent();
      case ADMIN -> inAdminConsole && adminTheme(name).isPresent();
      default -> false;
    };
  }

  @Override
  public Theme getTheme(String name, Theme.Type type) {
    return (type == Theme.Type.ADMIN ? adminTheme(name) : theme(name)).orElseThrow();
  }

  @Override
  public void close() {}

  private Optional<Theme> theme(String name) {
    if (!name.equals(ConsoleThemesFactory.THEME)) {
      return ofOthers(name).map(AccountThemeWithPage::new);
    }
    String parent =
        session.getProvider(ThemeSelectorProvider.class).getDefaultThemeName(Theme.Type.ACCOUNT);
    return ofOthers(parent).map(SelectableTheme::new);
  }

  /** The account theme of this name that would be taken without us, if it has a menu. */
  private Optional<Theme> ofOthers(String name) {
    return others(name, Theme.Type.ACCOUNT).stream()
        .flatMap(provider -> withMenu(provider, name))
        .findFirst();
  }

  private Optional<Theme> adminTheme(String name) {
    return others(name, Theme.Type.ADMIN)
        .flatMap(
            provider -> {
              try {
                return Optional.of(
                    new AdminThemeWithPage(provider.getTheme(name, Theme.Type.ADMIN)));
              } catch (IOException e) {
                LOG.debugf(e, "The admin theme %s stays without our page", name);
                return Optional.empty();
              }
            });
  }

  /** Who would be asked for this theme if we were not there. */
  private Optional<ThemeProvider> others(String name, Theme.Type type) {
    return session.getAllProviders(ThemeProvider.class).stream()
        .filter(provider -> !(provider instanceof ConsoleThemes))
        .sorted(Comparator.comparingInt(ThemeProvider::getProviderPriority).reversed())
        .filter(provider -> provider.hasTheme(name, type))
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
