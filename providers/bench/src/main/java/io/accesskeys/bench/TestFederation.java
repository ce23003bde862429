package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;

/** A user federation that a test fills, empties and makes fail, in a jar of its own. */
final class TestFederation {

  private static final String PACKAGE = "io.accesskeys.testfederation.";

  private TestFederation() {}

  /** The jar for {@code providers/}. */
  static Path jar(Path folder) {
    return TestJar.write(
        folder.resolve("access-keys-test-federation.jar"),
        List.of(
            PACKAGE + "TestFederationFactory",
            PACKAGE + "TestFederation",
            PACKAGE + "OutsidePerson"),
        "org.keycloak.storage.UserStorageProviderFactory");
  }
}
