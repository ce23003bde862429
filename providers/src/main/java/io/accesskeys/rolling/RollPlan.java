package io.accesskeys.rolling;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a roll does to a key's secrets: pure, so that every edge can be tested. */
final class RollPlan {

  /**
   * How many secrets a key remembers. The retired ones serve only to recognise their use; a key
   * rolled more often forgets the oldest.
   */
  private static final int MAX_SECRETS = 10;

  private RollPlan() {}

  /**
   * The key with a new current secret. The former one retires at the end of the overlap, but not
   * after the key expires; one that was still retiring from an earlier roll retires now. A key that
   * was exposed is so no more: it was the former secret that was found in public.
   *
   * @param overlap not negative; zero retires the former secret at once
   */
  static AccessKey roll(AccessKey key, KeyText next, Duration overlap, Instant now) {
    Instant end = now.plus(overlap);
    Instant retires = key.validity().expires().filter(end::isAfter).orElse(end);
    List<KeySecret> secrets = new ArrayList<>();
    secrets.add(KeySecret.current(key.current().number() + 1, next, now));
    secrets.add(key.current().retiring(retires));
    key.secrets().stream()
        .skip(1)
        .map(old -> old.retiringAt(now) ? old.retiring(now) : old)
        .limit(MAX_SECRETS - secrets.size())
        .forEach(secrets::add);
    return key.with(secrets).with(unexposed(key.validity()));
  }

  private static Validity unexposed(Validity validity) {
    return new Validity(
        validity.created(),
        validity.notBefore(),
        validity.expires(),
        validity.suspended(),
        Optional.empty(),
        validity.revoked(),
        validity.removed());
  }
}
