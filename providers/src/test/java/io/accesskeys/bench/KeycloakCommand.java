package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One {@code kc.sh} command of a home.
 *
 * @param home the folder with {@code bin/kc.sh}
 * @param name such as {@code build}
 */
record KeycloakCommand(Path home, String name) {

  /** C1 alone starts in half the CPU time, and no test runs long enough to earn C2 back. */
  static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -Xmx768m";

  ProcessBuilder with(List<String> options) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(home.resolve("bin/kc.sh").toString(), name), options.stream())
                    .toList())
            .directory(home.toFile());
    Map<String, String> environment = builder.environment();
    // What a developer has set for a server of their own must not reach this one.
    environment.keySet().removeIf(key -> key.startsWith("KC_") || key.startsWith("JAVA_OPTS"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_APPEND", JAVA_OPTIONS);
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN_USER);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN_PASSWORD);
    return builder;
  }
}
