package io.accesskeys.ascode;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The table in configuration-as-code.md says what happens: the tools that are programs. */
@Full
class CarriedByProgramsIT {

  @TempDir private static Path folder;

  @Test
  @RequiresTool("initdb")
  void kcImport() {
    Settings settings = Settings.ofItsOwn().withDatabase(Postgres.shared().database());
    try (KcImport tool = new KcImport(settings, folder)) {
      assertThat(new Experiment(tool, tool::server).run("carried-kc"))
          .isEqualTo(CarriedTable.read().column(tool.heading()));
    }
  }

  @Test
  @RequiresTool("bash")
  void kcadm() {
    Tool tool = new Kcadm(KeycloakServer.shared(), folder);
    assertThat(new Experiment(tool, KeycloakServer::shared).run("carried-kcadm"))
        .isEqualTo(CarriedTable.read().column(tool.heading()));
  }

  /** Built from its source: it is in no Maven repository. */
  @Test
  @RequiresTool("bash")
  @EnabledIfSystemProperty(named = ConfigCli.COMMAND, matches = ".+")
  void configCli() {
    Tool tool =
        new ConfigCli(KeycloakServer.shared(), System.getProperty(ConfigCli.COMMAND), folder);
    assertThat(new Experiment(tool, KeycloakServer::shared).run("carried-cli"))
        .isEqualTo(CarriedTable.read().column(tool.heading()));
  }
}
