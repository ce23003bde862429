package io.accesskeys.key;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of a key's secret.
 *
 * @param number 1 for the first, counted up by every roll
 * @param hash what is stored of it
 * @param hint the last four characters of the whole key text; empty where another system made it
 *     and did not tell
 * @param createdAt when it was made
 * @param retires from when on it is refused; empty for the current secret
 * @param lastUsed when it was last used; up to a minute behind
 * @param extended when its end was put off because its successor had never been used
 */
public record KeySecret(
    int number,
    SecretHash hash,
    String hint,
    Instant createdAt,
    Optional<Instant> retires,
    Optional<Instant> lastUsed,
    Optional<Instant> extended) {

  /** The first or next secret of a key, current from now on. */
  public static KeySecret current(int number, KeyText text, Instant now) {
    return new KeySecret(
        number,
        text.hash(),
        text.hint(),
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same secret, refused from this instant on. */
  public KeySecret retiring(Instant at) {
    return new KeySecret(number, hash, hint, createdAt, Optional.of(at), lastUsed, extended);
  }

  /** The same secret, used at this instant. */
  public KeySecret used(Instant at) {
    return new KeySecret(number, hash, hint, createdAt, retires, Optional.of(at), extended);
  }

  /** The same secret, whose end was put off to this instant. */
  public KeySecret extended(Instant until, Instant now) {
    return new KeySecret(
        number, hash, hint, createdAt, Optional.of(until), lastUsed, Optional.of(now));
  }

  /** Whether it is refused at this instant; the instant itself counts as over. */
  public boolean retiredAt(Instant now) {
    return retires.isPresent() && !now.isBefore(retires.get());
  }

  /** Whether it is on its way out and still good. */
  public boolean retiringAt(Instant now) {
    return retires.isPresent() && now.isBefore(retires.get());
  }
}
