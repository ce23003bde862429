package io.accesskeys;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys for tests that need one and look at one thing of it. */
public final class SampleKey {

  public static final Instant CREATED = Instant.parse("2027-01-01T00:00:00Z");
  public static final Instant EXPIRES = CREATED.plus(Duration.ofDays(365));

  private SampleKey() {}

  /** Made at {@link #CREATED} with one secret, good until {@link #EXPIRES}. */
  public static AccessKey of(KeyText text) {
    return of(text, goodUntil(Optional.of(EXPIRES)));
  }

  /** With one secret. */
  public static AccessKey of(KeyText text, Validity validity) {
    return of(text, validity, List.of(KeySecret.current(1, text, CREATED)));
  }

  /** With these secrets, newest first; id and prefix are those of the text. */
  public static AccessKey of(KeyText text, Validity validity, List<KeySecret> secrets) {
    return new AccessKey(
        "realm-1",
        text.id(),
        KeyKind.PERSONAL_ACCESS_TOKEN,
        text.prefix(),
        "owner-1",
        Label.named("ci"),
        new Grant(
            "client-1",
            Form.FINE_GRAINED,
            Set.of("orders:read", "orders:write"),
            List.of(),
            List.of()),
        validity,
        Optional.empty(),
        secrets,
        Usage.NONE,
        7);
  }

  /** Nothing was done to it and nothing holds it back but its expiry, if it has one. */
  public static Validity goodUntil(Optional<Instant> expires) {
    return Validity.between(new Validity.Creation(CREATED, "creator-1"), Optional.empty(), expires);
  }
}
