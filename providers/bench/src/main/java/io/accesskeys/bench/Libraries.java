package io.accesskeys.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** The jars that a release of Keycloak is made of. */
public final class Libraries {

  private Libraries() {}

  /** The folder that they are in. */
  public static Path of(String version) {
    return new KeycloakHome(BenchProperties.homes()).distribution(version).resolve("lib/lib/main");
  }

  /** Whether this release was fetched to this machine. */
  public static boolean isFetched(String version) {
    return Files.isRegularFile(BenchProperties.archive(version));
  }

  /** The release that tests start. */
  public static String newest() {
    return BenchProperties.version();
  }
}
