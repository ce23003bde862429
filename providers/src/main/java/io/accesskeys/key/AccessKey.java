package io.accesskeys.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key as stored: everything about it but its secrets' text. Immutable, so that one instance
 * serves every thread.
 *
 * @param realmId the realm whose key it is; it is nothing in any other
 * @param id the public id, {@value KeyText#ID_LENGTH} base62 digits
 * @param prefix the prefix its text must have
 * @param ownerId the id of the user it acts as; for an API key, of the service account
 * @param label what its owner calls it
 * @param roll when it gets new secrets; empty for by hand only. One that has no start yet starts
 *     with the current secret
 * @param secrets newest first; the first is the current one
 * @param usage what is known of its uses
 * @param version counted up by every change; what {@code If-Match} names
 */
public record AccessKey(
    String realmId,
    String id,
    KeyKind kind,
    String prefix,
    String ownerId,
    Label label,
    Grant grant,
    Validity validity,
    Optional<RollSchedule> roll,
    List<KeySecret> secrets,
    Usage usage,
    int version) {

  public AccessKey {
    secrets = List.copyOf(secrets);
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("A key has a secret");
    }
    Instant lastRoll = secrets.get(0).createdAt();
    roll = roll.map(schedule -> schedule.startedAt(lastRoll));
  }

  /** The state at this instant, under what the realm's policy says; needs no job to have run. */
  public KeyState stateAt(Instant now, Limits limits) {
    if (validity.revoked().isPresent()) {
      return KeyState.REVOKED;
    }
    if (validity.exposed().isPresent()) {
      return KeyState.EXPOSED;
    }
    if (endUnder(limits).filter(end -> !now.isBefore(end)).isPresent()) {
      return KeyState.EXPIRED;
    }
    if (validity.suspended().isPresent()) {
      return KeyState.SUSPENDED;
    }
    if (validity.notBefore().isPresent() && now.isBefore(validity.notBefore().get())) {
      return KeyState.PENDING;
    }
    return retiringAt(now).isPresent() ? KeyState.ROLLING : KeyState.ACTIVE;
  }

  /** When it ends by itself: its own expiry, or what the policy makes of it; empty for never. */
  public Optional<Instant> endUnder(Limits limits) {
    return limits.endOf(this);
  }

  /** Since when it has not been used: its last use, or else its creation or renewal. */
  public Instant idleSince() {
    return usage.lastAt().filter(validity.begun()::isBefore).orElse(validity.begun());
  }

  /** What its owner calls it. */
  public String name() {
    return label.name();
  }

  /** The secret that new holders get. */
  public KeySecret current() {
    return secrets.get(0);
  }

  /** The old secret of a running roll. */
  public Optional<KeySecret> retiringAt(Instant now) {
    return secrets.stream().filter(secret -> secret.retiringAt(now)).findFirst();
  }

  /** The version of the secret with this number, if it is still known. */
  public Optional<KeySecret> secret(int number) {
    return secrets.stream().filter(secret -> secret.number() == number).findFirst();
  }

  /**
   * The secret behind this text, retired ones included. Looks at every secret, so that the time
   * tells nothing about which one it was.
   */
  public Optional<KeySecret> secretOf(PresentedKey text) {
    Optional<KeySecret> found = Optional.empty();
    for (KeySecret secret : secrets) {
      if (text.matches(secret.hash())) {
        found = Optional.of(secret);
      }
    }
    return found;
  }

  /** The same with these secrets. */
  public AccessKey with(List<KeySecret> newSecrets) {
    return new AccessKey(
        realmId,
        id,
        kind,
        prefix,
        ownerId,
        label,
        grant,
        validity,
        roll,
        newSecrets,
        usage,
        version);
  }

  /** The same with this label and this grant. */
  public AccessKey with(Label newLabel, Grant newGrant) {
    return new AccessKey(
        realmId, id, kind, prefix, ownerId, newLabel, newGrant, validity, roll, secrets, usage,
        version);
  }

  /** The same with these dates. */
  public AccessKey with(Validity newValidity) {
    return new AccessKey(
        realmId,
        id,
        kind,
        prefix,
        ownerId,
        label,
        grant,
        newValidity,
        roll,
        secrets,
        usage,
        version);
  }

  /** The same with this schedule. */
  public AccessKey scheduled(Optional<RollSchedule> newRoll) {
    return new AccessKey(
        realmId, id, kind, prefix, ownerId, label, grant, validity, newRoll, secrets, usage,
        version);
  }

  /** When its next roll is due; empty if none is. */
  public Optional<Instant> rollDue(Limits limits) {
    return limits.rollOf(this).flatMap(schedule -> schedule.dueAfter(current().createdAt()));
  }

  /** Until when its next roll should be done; empty if none is due ever. */
  public Optional<Instant> rollDeadline(Limits limits) {
    return limits.rollOf(this).flatMap(schedule -> schedule.deadlineAfter(current().createdAt()));
  }

  /** Whether its current secret was made by another system; its first roll ends that. */
  public boolean isLegacy() {
    return current().hash().isLegacy();
  }

  /**
   * For lists and mails: {@code kcpat_AbCd…wxyz}; of a text that another system made, what is known
   * of its end.
   */
  public String redacted() {
    if (isLegacy()) {
      return '…' + current().hint();
    }
    return prefix + '_' + id.substring(0, 4) + '…' + current().hint();
  }
}
