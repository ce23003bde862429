package io.accesskeys.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/** The {@code kcadm.sh} of the release that is tested. */
public final class AdminCli {

  private AdminCli() {}

  /**
   * The variables of a shell that finds it.
   *
   * @param home where it keeps who has signed in, instead of the home of whoever runs the tests
   */
  public static Map<String, String> variables(Path home) {
    Path bin =
        new KeycloakHome(BenchProperties.homes())
            .distribution(BenchProperties.version())
            .resolve("bin");
    return Map.of(
        "PATH",
        bin + File.pathSeparator + System.getenv("PATH"),
        "JAVA_HOME",
        System.getProperty("java.home"),
        "KC_OPTS",
        KeycloakCommand.JAVA_OPTIONS + " -Duser.home=" + home);
  }
}
