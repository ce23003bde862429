package io.accesskeys.restriction;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Facts of requests, for tests. */
public final class Facts {

  private Facts() {}

  /** A request with these headers, names in lower case, and nothing else known. */
  public static RequestFacts headers(Map<String, List<String>> sent) {
    return new RequestFacts(
        Optional.empty(),
        Optional.empty(),
        name -> sent.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()),
        Instant.EPOCH);
  }

  /** A request of the client of this id, and nothing else known. */
  public static RequestFacts by(Optional<String> callerId) {
    return new RequestFacts(
        Optional.empty(),
        callerId.map(id -> new CallingClient(id, "named")),
        RequestHeaders.NONE,
        Instant.EPOCH);
  }
}
