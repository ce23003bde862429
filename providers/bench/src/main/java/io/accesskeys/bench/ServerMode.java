package io.accesskeys.bench;

import org.testcontainers.DockerClientFactory;

/** Where a server runs. */
enum ServerMode {
  PROCESS {
    @Override
    KeycloakServer start(KeycloakServer.Settings settings) {
      return KeycloakProcess.start(settings);
    }
  },
  CONTAINER {
    @Override
    KeycloakServer start(KeycloakServer.Settings settings) {
      return ContainedKeycloak.start(settings);
    }
  };

  abstract KeycloakServer start(KeycloakServer.Settings settings);

  static ServerMode current() {
    String mode = BenchProperties.mode();
    return switch (mode) {
      case "process" -> PROCESS;
      case "container" -> CONTAINER;
      case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? CONTAINER : PROCESS;
      default ->
          throw new IllegalStateException(
              "-Dkeycloak.mode is auto, process or container, not " + mode);
    };
  }
}
