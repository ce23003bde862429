package io.accesskeys.key;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a key's uses; up to a minute behind.
 *
 * @param lastAt when it was last used
 * @param lastFrom the address it was last used from, as text, if one was known
 * @param count how often it was used
 */
public record Usage(Optional<Instant> lastAt, Optional<String> lastFrom, long count) {

  /** Never used. */
  public static final Usage NONE = new Usage(Optional.empty(), Optional.empty(), 0);
}
