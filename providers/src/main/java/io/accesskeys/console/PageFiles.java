package io.accesskeys.console;

import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of our pages, which the build of {@code themes/} puts into the jar; none if it was told
 * to leave them out.
 *
 * <p>Browsers keep a theme's files for a month, whatever version of this jar is there. So {@value
 * #LOADER} asks for the manifest, which nobody keeps, and the names of all others say what is in
 * them.
 */
public final class PageFiles {

  private static final String FOLDER = "access-keys/ui/";
  private static final String URL_PREFIX = "access-keys/";
  private static final String LOADER = "loader.js";

  /** The path of the loader among the resources of a theme. */
  static final String LOADER_PATH = URL_PREFIX + LOADER;

  private static final String MANIFEST = "manifest.json";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+\\.(?:js|css)");

  private PageFiles() {}

  /** Whether this jar has a page. */
  static boolean isBuilt() {
    return file(LOADER) != null && file(MANIFEST) != null;
  }

  /** The names of the current files, as JSON; empty if this jar has no page. */
  public static Optional<InputStream> manifest() {
    return Optional.ofNullable(stream(MANIFEST));
  }

  /**
   * A file of the page as a resource of a theme; null, as Keycloak has it, if it is none of ours.
   */
  public static InputStream ofTheme(String path) {
    String name = path.startsWith(URL_PREFIX) ? path.substring(URL_PREFIX.length()) : "";
    return NAME.matcher(name).matches() ? stream(name) : null;
  }

  private static InputStream stream(String name) {
    return PageFiles.class.getClassLoader().getResourceAsStream(FOLDER + name);
  }

  private static URL file(String name) {
    return PageFiles.class.getClassLoader().getResource(FOLDER + name);
  }
}
