package io.accesskeys.bench;

import dasniko.testcontainers.keycloak.ExtendableKeycloakContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.MountableFile;

/** A container of the official image with the bench's settings. */
final class KeycloakImage extends ExtendableKeycloakContainer<KeycloakImage> {

  private static final int HTTP = 8080;
  private static final int MANAGEMENT = 9000;
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);

  // Empty where the engine maps the ports.
  private final Map<Integer, Integer> ports;

  private KeycloakImage(String version, Map<Integer, Integer> ports) {
    super("quay.io/keycloak/keycloak:" + version);
    this.ports = ports;
  }

  /** With the ports of the container mapped to free ones, or to the one the settings ask for. */
  static KeycloakImage mapped(KeycloakServer.Settings settings) {
    KeycloakImage image = new KeycloakImage(settings.version(), Map.of());
    if (settings.httpPort() != 0) {
      image.addFixedExposedPort(settings.httpPort(), HTTP);
    }
    // Requests come from the address of the engine's bridge, which is one of these.
    return image.configured(
        settings,
        List.of("--proxy-trusted-addresses=127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"));
  }

  /** On the host's own network, for engines without a bridge. */
  static KeycloakImage onHostNetwork(KeycloakServer.Settings settings) {
    int http = settings.httpPort() == 0 ? FreePorts.any() : settings.httpPort();
    int management = FreePorts.anyBut(http);
    KeycloakImage image =
        new KeycloakImage(settings.version(), Map.of(HTTP, http, MANAGEMENT, management));
    image.withNetworkMode("host").setExposedPorts(List.of());
    return image.configured(
        settings,
        List.of(
            "--http-host=127.0.0.1",
            "--http-port=" + http,
            "--http-management-port=" + management));
  }

  @Override
  public Integer getMappedPort(int originalPort) {
    return ports.isEmpty() ? super.getMappedPort(originalPort) : ports.get(originalPort);
  }

  @Override
  public Set<Integer> getLivenessCheckPortNumbers() {
    return ports.isEmpty() ? super.getLivenessCheckPortNumbers() : Set.copyOf(ports.values());
  }

  private KeycloakImage configured(KeycloakServer.Settings settings, List<String> network) {
    StartOptions.common()
        .and(settings.allBuildOptions())
        .and(network)
        .and(List.of(StartOptions.logLevel(settings.logDetail())))
        .and(settings.options())
        .list()
        .forEach(this::withCustomCommand);
    for (Path realm : settings.realms()) {
      withCopyFileToContainer(
          MountableFile.forHostPath(realm, 0644),
          "/opt/keycloak/data/import/" + realm.getFileName());
    }
    return withProductionMode()
        .withAdminUsername(KeycloakServer.ADMIN_USER)
        .withAdminPassword(KeycloakServer.ADMIN_PASSWORD)
        .withEnv("JAVA_OPTS_APPEND", KeycloakCommand.JAVA_OPTIONS)
        .withProviderLibsFrom(settings.providers().stream().map(Path::toFile).toList())
        // The container's own policy asks the registry again for an image older than a day.
        .withImagePullPolicy(PullPolicy.defaultPolicy())
        .withStartupTimeout(READY_LIMIT);
  }
}
