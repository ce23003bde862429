package io.accesskeys.schedule;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a roll does to a key: pure, so that every edge can be tested. */
public final class RollPlan {

  /**
   * How many secrets a key remembers. The retired ones serve only to recognise their use; a key
   * rolled more often forgets the oldest.
   */
  private static final int MAX_SECRETS = 10;

  private RollPlan() {}

  /**
   * The key with a new current secret. The former one retires at the end of the overlap, but not
   * after the key's expiry so far. A key that was exposed is so no more, nor is one suspended since
   * its application was transferred: it was the former secret that others know.
   *
   * <p>If an earlier roll is still running, one of its two secrets must go at once. That is the
   * older one, unless the newer one was never used: then its holder has probably never seen it, as
   * when an answer is lost, and the older one is what programs have. It stays until the end of the
   * overlap, but no longer than it would have.
   *
   * @param overlap not negative; zero retires the former secret at once
   */
  public static AccessKey roll(AccessKey key, KeyText next, Duration overlap, Instant now) {
    Instant end = now.plus(overlap);
    Instant retires = key.validity().expires().filter(end::isAfter).orElse(end);
    boolean lost = key.current().lastUsed().isEmpty() && key.retiringAt(now).isPresent();
    List<KeySecret> secrets = new ArrayList<>();
    secrets.add(KeySecret.current(key.current().number() + 1, next, now));
    secrets.add(key.current().retiring(lost ? now : retires));
    key.secrets().stream()
        .skip(1)
        .map(old -> old.retiringAt(now) ? old.retiring(lost ? earlier(old, retires) : now) : old)
        .limit(MAX_SECRETS - secrets.size())
        .forEach(secrets::add);
    return key.with(secrets).with(safe(key.validity()));
  }

  /** The same key with another expiry, from which on its life counts anew. */
  public static AccessKey renew(AccessKey key, Optional<Instant> expires, Instant now) {
    Validity old = key.validity();
    return key.with(
        new Validity(
            old.created(),
            Optional.of(now),
            old.notBefore(),
            expires,
            old.suspended(),
            old.exposed(),
            old.revoked(),
            old.removed()));
  }

  /**
   * The same key, whose old secret retires later by as long as its overlap was, but not after the
   * key's expiry. Empty if that was done before, or would change nothing.
   */
  public static Optional<AccessKey> extend(AccessKey key, Instant now) {
    KeySecret old = key.retiringAt(now).orElseThrow();
    Instant end = old.retires().orElseThrow();
    Instant later = end.plus(Duration.between(key.current().createdAt(), end));
    Instant until = key.validity().expires().filter(later::isAfter).orElse(later);
    if (old.extended().isPresent() || !until.isAfter(end)) {
      return Optional.empty();
    }
    return Optional.of(
        key.with(
            key.secrets().stream()
                .map(secret -> secret.equals(old) ? old.extended(until, now) : secret)
                .toList()));
  }

  private static Instant earlier(KeySecret retiring, Instant other) {
    return retiring.retires().filter(other::isAfter).orElse(other);
  }

  private static Validity safe(Validity validity) {
    return new Validity(
        validity.created(),
        validity.renewed(),
        validity.notBefore(),
        validity.expires(),
        validity.suspended().filter(off -> off.kind() != ActorKind.TRANSFER),
        Optional.empty(),
        validity.revoked(),
        validity.removed());
  }
}
