package io.accesskeys.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of {@code kc.sh start}: of two with the same name the later one counts, and one without a
 * value takes the earlier one away.
 */
final class StartOptions {

  private final Map<String, String> byName = new LinkedHashMap<>();

  /** What every server of the bench starts with. */
  static StartOptions common() {
    return new StartOptions()
        .and(
            List.of(
                "--http-enabled=true",
                "--hostname-strict=false",
                "--cache=local",
                // Tests do not wait half a minute to see a use.
                "--spi-access-key-store--jpa--usage-interval=1",
                "--spi-access-key-jobs--default--interval=2",
                "--spi-access-key-jobs--default--mail-interval=1",
                "--spi-access-key-jobs--default--mail-retry=1",
                "--proxy-headers=xforwarded",
                "--proxy-trusted-addresses=127.0.0.0/8"));
  }

  StartOptions and(List<String> options) {
    for (String option : options) {
      String name = option.split("=", 2)[0];
      if (option.endsWith("=")) {
        byName.remove(name);
      } else {
        byName.put(name, option);
      }
    }
    return this;
  }

  List<String> list() {
    return List.copyOf(byName.values());
  }

  /** The value of {@code --log-level} that gives this much. */
  static String logLevel(KeycloakServer.LogDetail detail) {
    return switch (detail) {
      // SQL by its own name: it stays when somebody lowers the root.
      // Waiting for the server makes its health check report DOWN many times.
      case DEBUG -> "--log-level=debug,org.hibernate.SQL:debug,io.smallrye.health:warn";
      case INFO -> "--log-level=info,io.smallrye.health:warn";
    };
  }
}
