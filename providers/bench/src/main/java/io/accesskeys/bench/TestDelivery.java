package io.accesskeys.bench;

import java.nio.file.Path;
import java.util.List;

/** A delivery of new secrets that is not ours, in a jar of its own. */
final class TestDelivery {

  private static final String FACTORY = "io.accesskeys.testdelivery.AttributeDelivery";

  private TestDelivery() {}

  /** The jar for {@code providers/}. */
  static Path jar(Path folder) {
    return TestJar.write(
        folder.resolve("access-keys-test-delivery.jar"),
        List.of(FACTORY, FACTORY + "$ToAttribute"),
        "io.accesskeys.schedule.RollDeliveryFactory");
  }
}
