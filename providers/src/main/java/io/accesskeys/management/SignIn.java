package io.accesskeys.management;

import java.time.Duration;
import java.time.Instant;

/** How somebody has signed in, for what needs a fresh login. */
@FunctionalInterface
public interface SignIn {

  /**
   * Ends the request of somebody whose sign-in is too old.
   *
   * @param atMost how old it may be
   * @throws RuntimeException that is answered with what the person has to do
   */
  void requireFresh(Duration atMost, Instant now);
}
