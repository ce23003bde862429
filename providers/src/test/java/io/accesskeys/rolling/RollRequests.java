package io.accesskeys.rolling;

import io.accesskeys.issue.KeyRequest.Expiry;
import io.accesskeys.rolling.RollRequest.Replace;
import java.time.Duration;
import java.util.Optional;

/** Wishes for a roll that name one thing, if any. */
final class RollRequests {

  static final RollRequest USUAL =
      new RollRequest(Optional.empty(), Optional.empty(), Replace.REFUSE, Optional.empty());

  static final RollRequest REPLACING =
      new RollRequest(Optional.empty(), Optional.empty(), Replace.REPLACE, Optional.empty());

  private RollRequests() {}

  static RollRequest overlap(Duration overlap) {
    return new RollRequest(
        Optional.of(overlap), Optional.empty(), Replace.REFUSE, Optional.empty());
  }

  static RollRequest expiry(Expiry expiry) {
    return new RollRequest(Optional.empty(), Optional.of(expiry), Replace.REFUSE, Optional.empty());
  }

  static RollRequest version(int version) {
    return new RollRequest(
        Optional.empty(), Optional.empty(), Replace.REFUSE, Optional.of(version));
  }
}
