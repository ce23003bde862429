package io.accesskeys.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.common.Version;
import org.keycloak.migration.ModelVersion;

/** What must be true of a server for this jar to run in it, whatever its database holds. */
final class Installation {

  /**
   * What the jar was compiled against: an older release lacks what it calls, or looks different.
   */
  static final String OLDEST_KEYCLOAK = "26.7.1";

  private static final String TOO_OLD =
      "Keycloak Access Keys needs Keycloak %s or later, and this is %s. Update Keycloak, or take the"
          + " jar out of providers/ and run kc.sh build.";

  private static final String TWICE =
      "Keycloak Access Keys is in providers/ more than once: %s. Leave one jar there, and run kc.sh"
          + " build.";

  private Installation() {}

  /**
   * Refuses a server in which this jar must not run.
   *
   * @throws IllegalStateException saying what is wrong with it
   */
  static void require() {
    try {
      requireOne(
          Collections.list(
              Installation.class.getClassLoader().getResources(StoreEntities.CHANGELOG)));
    } catch (IOException e) {
      throw new UncheckedIOException("The jars in providers/ cannot be read", e);
    }
    requireKeycloak(Version.VERSION);
  }

  /** Two versions at once would be neither: each class comes from whichever jar is found first. */
  static void requireOne(Collection<URL> changelogs) {
    Set<String> jars = new TreeSet<>();
    changelogs.forEach(url -> jars.add(url.toString().replaceFirst("!?/META-INF/.*", "")));
    if (jars.size() > 1) {
      throw new IllegalStateException(TWICE.formatted(String.join(", ", jars)));
    }
  }

  static void requireKeycloak(String version) {
    if (new ModelVersion(version).lessThan(new ModelVersion(OLDEST_KEYCLOAK))) {
      throw new IllegalStateException(TOO_OLD.formatted(OLDEST_KEYCLOAK, version));
    }
  }
}
