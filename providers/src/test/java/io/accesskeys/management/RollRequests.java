package io.accesskeys.management;

import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.RollRequest.Replace;
import java.time.Duration;
import java.util.Optional;

/** Wishes for a roll that name one thing, if any. */
public final class RollRequests {

  public static final RollRequest USUAL =
      new RollRequest(Optional.empty(), Optional.empty(), Replace.REFUSE, Optional.empty());

  public static final RollRequest REPLACING =
      new RollRequest(Optional.empty(), Optional.empty(), Replace.REPLACE, Optional.empty());

  private RollRequests() {}

  public static RollRequest overlap(Duration overlap) {
    return new RollRequest(
        Optional.of(overlap), Optional.empty(), Replace.REFUSE, Optional.empty());
  }

  public static RollRequest expiry(Expiry expiry) {
    return new RollRequest(Optional.empty(), Optional.of(expiry), Replace.REFUSE, Optional.empty());
  }

  public static RollRequest version(int version) {
    return new RollRequest(
        Optional.empty(), Optional.empty(), Replace.REFUSE, Optional.of(version));
  }
}
