package io.accesskeys.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The bench's system properties, typed; nothing else in the bench reads one. */
final class BenchProperties {

  private BenchProperties() {}

  static String version() {
    return text("keycloak.version").orElse("26.7.3");
  }

  static String mode() {
    return text("keycloak.mode").orElse("process");
  }

  /** INFO unless a run wants everything that might hold a secret. */
  static KeycloakServer.LogDetail logDetail() {
    return text("keycloak.log-detail")
        .map(KeycloakServer.LogDetail::valueOf)
        .orElse(KeycloakServer.LogDetail.INFO);
  }

  /** Whether homes are worth warming up: not in a run that starts few servers of their own. */
  static boolean warm() {
    return text("keycloak.warm").map(Boolean::parseBoolean).orElse(true);
  }

  static String javaOptions() {
    return text("keycloak.java-options").orElse("-XX:TieredStopAtLevel=1 -Xmx768m");
  }

  static Path providerJar() {
    Path jar =
        text("access-keys.jar")
            .map(Path::of)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "-Daccess-keys.jar is not set: it names the provider jar to test"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "-Daccess-keys.jar names no file: " + jar + " (mvn package builds it)");
    }
    return jar.toAbsolutePath();
  }

  /** Where the archive of a release is, if it was fetched. */
  static Path archive(String version) {
    Path folder =
        text("keycloak.distributions")
            .map(Path::of)
            .orElseGet(
                () ->
                    Path.of(
                        System.getProperty("user.home"),
                        ".m2/repository/org/keycloak/keycloak-quarkus-dist"));
    return folder.resolve(version).resolve("keycloak-quarkus-dist-" + version + ".tar.gz");
  }

  static Path distribution(String version) {
    Path archive = archive(version);
    if (!Files.isRegularFile(archive)) {
      throw new IllegalStateException(
          "No Keycloak at %s: fetch it with mvn dependency:get -Dartifact=%s"
              .formatted(archive, "org.keycloak:keycloak-quarkus-dist:" + version + ":tar.gz"));
    }
    return archive.toAbsolutePath();
  }

  /**
   * A new database of the sort that {@code -Dkeycloak.db} names; Keycloak's own file unless set.
   */
  static Database database() {
    String db = text("keycloak.db").orElse("dev-file");
    return switch (db) {
      case "dev-file" -> new Database.DevFile();
      case "postgres" -> of(Postgres.isInstalled(), db, () -> Postgres.shared().database());
      case "mariadb" -> of(MariaDb.isInstalled(), db, () -> MariaDb.shared().database());
      default ->
          throw new IllegalStateException(
              "-Dkeycloak.db is dev-file, postgres or mariadb, not " + db);
    };
  }

  /** A new database for a server that is not the shared one. */
  static Database databaseOfItsOwn() {
    return of(Postgres.isInstalled(), "postgres", () -> Postgres.shared().database());
  }

  private static Database of(boolean installed, String name, Supplier<Database> database) {
    if (!installed && text("strict").isEmpty()) {
      System.out.println(name + " is missing: these tests run on Keycloak's own database");
      return new Database.DevFile();
    }
    return database.get();
  }

  static Path homes() {
    return text("keycloak.homes")
        .map(Path::of)
        .orElseGet(() -> Checkout.root().resolve("target/keycloak"))
        .toAbsolutePath();
  }

  /** The server to use instead of starting one, when {@code -Dkeycloak.attach} names it. */
  static Optional<KeycloakServer> attached() {
    return text("keycloak.attach")
        .map(
            base ->
                new AttachedServer(
                    URI.create(base),
                    text("keycloak.attach.management").map(URI::create),
                    text("keycloak.attach.log").map(Path::of),
                    version()));
  }

  /** Whether containers share the host's network, for engines that have no bridge. */
  static boolean hostNetwork() {
    return text("keycloak.container.network")
        .or(() -> Optional.ofNullable(System.getenv("KEYCLOAK_CONTAINER_NETWORK")))
        .filter("host"::equals)
        .isPresent();
  }

  private static Optional<String> text(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }
}
