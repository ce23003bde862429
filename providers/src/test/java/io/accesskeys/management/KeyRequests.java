package io.accesskeys.management;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Label;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.model.SampleRealm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Wishes for keys that name one thing beside what every key must have. */
final class KeyRequests {

  static final Rights READING =
      new Rights(
          Optional.of(SampleRealm.API),
          new Scopes.Named(List.of(SampleRealm.READ)),
          List.of(),
          List.of());

  /** What a client secret is good for. */
  static final Rights NONE =
      new Rights(Optional.empty(), new Scopes.Named(List.of()), List.of(), List.of());

  static final KeyRequest USUAL = of(KeyKind.PERSONAL_ACCESS_TOKEN, READING);

  private KeyRequests() {}

  static KeyRequest of(KeyKind kind, Rights rights) {
    return new KeyRequest(
        kind,
        Optional.empty(),
        Label.named("ci"),
        rights,
        Optional.empty(),
        new Expiry.ByPolicy(),
        Optional.empty());
  }

  static KeyRequest rights(Rights rights) {
    return of(KeyKind.PERSONAL_ACCESS_TOKEN, rights);
  }

  static KeyRequest labelled(Label label) {
    return new KeyRequest(
        USUAL.kind(),
        USUAL.prefix(),
        label,
        USUAL.rights(),
        USUAL.notBefore(),
        USUAL.expiry(),
        USUAL.roll());
  }

  static KeyRequest prefixed(String prefix) {
    return new KeyRequest(
        USUAL.kind(),
        Optional.of(prefix),
        USUAL.label(),
        USUAL.rights(),
        USUAL.notBefore(),
        USUAL.expiry(),
        USUAL.roll());
  }

  static KeyRequest between(Optional<Instant> notBefore, Expiry expiry) {
    return new KeyRequest(
        USUAL.kind(),
        USUAL.prefix(),
        USUAL.label(),
        USUAL.rights(),
        notBefore,
        expiry,
        USUAL.roll());
  }

  static KeyRequest rolling(ScheduleRequest roll) {
    return new KeyRequest(
        USUAL.kind(),
        USUAL.prefix(),
        USUAL.label(),
        USUAL.rights(),
        USUAL.notBefore(),
        USUAL.expiry(),
        Optional.of(roll));
  }
}
