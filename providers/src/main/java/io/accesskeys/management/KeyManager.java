package io.accesskeys.management;

import io.accesskeys.history.Act;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.management.KeyImporter.BeyondPolicy;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.schedule.RollPlan;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyRemoval;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

// Longer than 250 lines: one method for each thing that can be done to a key.

/**
 * Everything that can be done to a key. Each verb asks whether its actor may do it and whether
 * policy and limits allow it, stores it on condition that nobody was faster, and leaves the entry
 * in its history, the event and the notice: all in the running transaction. Nothing else changes a
 * key but the count of its uses, and the removal of its owner, its API client or one of its scopes
 * ({@code management.removal}).
 *
 * <p>Of every verb: {@link NotAllowedException} if the actor may not do it, {@link
 * KeyConflictException} if the key is not as they have seen it or cannot be changed as it is,
 * {@link InvalidRequestException} naming what is wrong with the request. Nothing was changed then,
 * and the refusal of a person leaves an event that outlives the transaction.
 */
public final class KeyManager {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final SecureRandom random;
  private final Instant now;
  private final Permissions permissions;
  private final KeyTrail trail;

  /**
   * A manager for the realm of this session; rolls and creations take their secrets from random.
   */
  public KeyManager(KeycloakSession session, RealmPolicy policy, SecureRandom random, Instant now) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.random = random;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
    this.permissions = new Permissions(session, policy, this.now);
    this.trail = new KeyTrail(session, this.now);
  }

  /**
   * Creates a key.
   *
   * @param owner who it will act as
   * @param actor a person on a key of their own or of their application, or an administrator
   * @throws TooManyKeysException if a person has made too many lately
   */
  public IssuedKey create(KeyRequest request, KeyOwner owner, Actor actor)
      throws InvalidRequestException {
    permissions.requireCreation(owner, actor);
    if (request.kind() != owner.kind()) {
      throw new InvalidRequestException(
          "kind",
          "must be "
              + owner.kind().wireName()
              + (actor instanceof Actor.Person ? " here" : " for this owner"));
    }
    IssuedKey issued =
        new KeyIssuer(session, policy, random)
            .issue(
                request,
                owner,
                creator(actor),
                room -> room.requirePatience(actor, new KeyEvents(session)),
                now);
    trail.created(issued.key(), actor);
    return issued;
  }

  /**
   * Changes what is written on a key, or what it is good for.
   *
   * @param key as just read
   * @return the key as it is now
   */
  public AccessKey edit(AccessKey key, KeyEdit edit, Actor actor) throws InvalidRequestException {
    EditedKey edited = preview(key, edit, actor);
    if (edited.effect() == EditedKey.Effect.MORE) {
      permissions.requireWidening(key, actor);
    }
    if (!store().replace(edited.key())) {
      throw outdated();
    }
    AccessKey stored = reread(key);
    trail.edited(key, stored, actor);
    return stored;
  }

  /**
   * What {@link #edit} would make of a key. Nothing is stored, and no fresh sign-in is asked for.
   *
   * @param key as just read
   */
  public EditedKey preview(AccessKey key, KeyEdit edit, Actor actor)
      throws InvalidRequestException {
    permissions.requireManage(key, actor);
    EditedKey edited = new KeyEditor(session, policy).apply(key, edit, owner(key), now);
    if (edit.version().filter(version -> version != key.version()).isPresent()) {
      throw outdated();
    }
    return edited;
  }

  /**
   * Gives a key a new secret, and with it maybe a new expiry.
   *
   * @param key as just read
   */
  public IssuedKey roll(AccessKey key, RollRequest request, Actor actor)
      throws InvalidRequestException {
    if (request.expiry().isPresent()) {
      permissions.requireWidening(key, actor);
    } else {
      permissions.requireSecret(key, actor);
    }
    KeyRoller roller = new KeyRoller(session, policy, random);
    IssuedKey rolled =
        actor instanceof Actor.Holder holder
            ? new SelfRoll(roller, policy).roll(key, holder.secret(), request, now)
            : roller.roll(key, request, now);
    trail.rolled(key, rolled.key(), actor);
    return rolled;
  }

  /**
   * Switches a key off until it is resumed. Off already, nothing changes.
   *
   * @param version that the key must have; empty for any
   */
  public void suspend(AccessKey key, Optional<Integer> version, Actor actor) {
    transitions().suspend(key, version, actor);
  }

  /** Switches a key on again, if the actor's word counts for as much as that which suspended it. */
  public void resume(AccessKey key, Optional<Integer> version, Actor actor) {
    transitions().resume(key, version, actor);
  }

  /**
   * Revokes a key, for good. Revoking it again changes nothing.
   *
   * @param reason a sentence for its owner, as {@link Labels#reason} has checked it
   */
  public void revoke(
      AccessKey key, Optional<Integer> version, Optional<String> reason, Actor actor) {
    transitions().revoke(key, version, reason, actor);
  }

  /**
   * Does to a key that was found in public what the policy says; the finder has shown its secret.
   */
  public void expose(AccessKey key) {
    transitions().expose(key);
  }

  /** Takes a key that is dead off its owner's list. It is kept, so that its use is recognised. */
  public void remove(AccessKey key, Optional<Integer> version, Actor actor) {
    transitions().remove(key, version, actor);
  }

  /** How many keys {@link #revokeAll} would revoke. */
  public int countRevocable(
      List<Criterion> criteria, Optional<Integer> expected, Actor.Administrator actor) {
    return new BulkRevoker(session, trail, actor).found(criteria, expected).size();
  }

  /**
   * Revokes every key that meets the criteria and that the administrator may manage.
   *
   * @param expected how many the administrator has seen; empty for any
   * @return how many
   */
  public int revokeAll(
      List<Criterion> criteria,
      Optional<Integer> expected,
      Optional<String> reason,
      Actor.Administrator actor) {
    BulkRevoker revoker = new BulkRevoker(session, trail, actor);
    List<String> found = revoker.found(criteria, expected);
    revoker.revoke(found, new Revocation(now, reason));
    return found.size();
  }

  /** Stores keys that come from elsewhere, with secrets that only their file knows. */
  public KeyImporter importAll(BeyondPolicy beyondPolicy, Actor.Administrator actor) {
    actor.permissions().requireEverything();
    return new KeyImporter(session, policy, beyondPolicy, key -> trail.imported(key, actor), now);
  }

  /**
   * Forgets keys that were revoked longer ago than the policy keeps them, some of them.
   *
   * @return how many; fewer than {@code max} if there are no more
   */
  public int purge(int max) {
    KeyRemoval removal = store().removal();
    int purged = removal.purgeRevokedBefore(realm, now.minus(policy.revokedRetention()), max);
    if (purged < max) {
      removal.removeIdleLocks(realm);
    }
    return purged;
  }

  /**
   * Notes that a roll which became due then was handed to its delivery.
   *
   * @return false if that was noted before
   */
  public boolean markDue(AccessKey key, Instant due) {
    return store().lifecycle().rollTold(realm, key.id(), due);
  }

  /** Gives a key the schedule that the policy imposes, unless it was changed meanwhile. */
  public void impose(AccessKey key) {
    Optional<RollSchedule> imposed = policy.limits(key.kind()).rollOf(key);
    if (imposed.isPresent() && store().replace(key.scheduled(imposed))) {
      trail.scheduled(Act.IMPOSE_SCHEDULE, key, reread(key));
    }
  }

  /**
   * Puts off the end of an old secret whose successor was never used, once.
   *
   * @return the key as it is to be; empty if there is nothing to put off, or somebody was faster
   */
  public Optional<AccessKey> extend(AccessKey key) {
    Optional<AccessKey> extended = RollPlan.extend(key, now).filter(store()::replace);
    extended.ifPresent(unused -> trail.scheduled(Act.EXTEND, key, reread(key)));
    return extended;
  }

  /** Suspends the keys of an application that its former registrant knows the secrets of. */
  void transferred(List<AccessKey> keys, Actor.Person taker) {
    transitions().transferred(keys, taker);
  }

  private static KeyConflictException outdated() {
    return new KeyConflictException(
        "The key was revoked or changed since you read it. Read it again, then repeat the request");
  }

  private KeyOwner owner(AccessKey key) {
    KeyOwner owner =
        KeyOwner.of(key, session, realm)
            .orElseThrow(() -> new KeyConflictException("The owner of the key is gone"));
    if (owner instanceof KeyOwner.Unreachable) {
      throw new KeyConflictException("The user federation of the key's owner does not answer");
    }
    return owner;
  }

  private static String creator(Actor actor) {
    if (actor instanceof Actor.Person person) {
      return person.user().getId();
    }
    if (actor instanceof Actor.Administrator administrator) {
      return administrator.userId();
    }
    throw new IllegalArgumentException(actor.kind() + " creates no keys");
  }

  private KeyTransitions transitions() {
    return new KeyTransitions(session, policy, permissions, trail, now);
  }

  private AccessKey reread(AccessKey key) {
    return store().find(realm, key.id()).orElseThrow(KeyNotFoundException::new);
  }

  private KeyStore store() {
    return session.getProvider(KeyStore.class);
  }
}
