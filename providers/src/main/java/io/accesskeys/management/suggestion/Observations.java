package io.accesskeys.management.suggestion;

import io.accesskeys.key.AccessKey;
import java.util.Optional;

/** Where what keys were used for comes from. */
@FunctionalInterface
interface Observations {

  /** Uses are not kept by day yet. */
  Observations NONE = key -> Optional.empty();

  /** The accepted uses of this key that are kept; empty if there are none. */
  Optional<ObservedUse> of(AccessKey key);
}
