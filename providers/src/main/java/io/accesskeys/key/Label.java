package io.accesskeys.key;

import java.util.Map;
import java.util.Optional;

/**
 * What whoever manages a key wrote on it; means nothing to a decision.
 *
 * @param name what its owner calls it
 * @param description for whoever wonders what it is for
 * @param metadata flat names and texts
 */
public record Label(String name, Optional<String> description, Map<String, String> metadata) {

  public Label {
    metadata = Map.copyOf(metadata);
  }

  /** A name and nothing more. */
  public static Label named(String name) {
    return new Label(name, Optional.empty(), Map.of());
  }
}
