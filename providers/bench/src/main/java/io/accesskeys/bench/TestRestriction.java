package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;

/** A restriction that is not ours, in a jar of its own: the SPI as a third party meets it. */
final class TestRestriction {

  private static final String TYPE = "io.accesskeys.testrestriction.TimeOfDayType";

  private TestRestriction() {}

  /** The jar for {@code providers/}. */
  static Path jar(Path folder) {
    return TestJar.write(
        folder.resolve("access-keys-test-restriction.jar"),
        List.of(TYPE, TYPE + "$TimeOfDay"),
        "io.accesskeys.restriction.RestrictionTypeFactory");
  }
}
