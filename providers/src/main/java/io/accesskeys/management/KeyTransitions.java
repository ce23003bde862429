package io.accesskeys.management;

import io.accesskeys.history.Act;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.WhenExposed;
import io.accesskeys.store.KeyLifecycle;
import io.accesskeys.store.KeyStore;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Switches keys off and on, and ends them. What a key is already changes nothing and leaves
 * nothing.
 */
final class KeyTransitions {

  private static final Set<KeyState> DEAD =
      Set.of(KeyState.REVOKED, KeyState.EXPIRED, KeyState.EXPOSED);

  private final RealmModel realm;
  private final KeyStore store;
  private final RealmPolicy policy;
  private final Permissions permissions;
  private final KeyTrail trail;
  private final Instant now;

  KeyTransitions(
      KeycloakSession session,
      RealmPolicy policy,
      Permissions permissions,
      KeyTrail trail,
      Instant now) {
    this.realm = session.getContext().getRealm();
    this.store = session.getProvider(KeyStore.class);
    this.policy = policy;
    this.permissions = permissions;
    this.trail = trail;
    this.now = now;
  }

  void suspend(AccessKey key, Optional<Integer> version, Actor actor) {
    permissions.requireManage(key, actor);
    requireUnrevoked(key);
    Suspension suspension = new Suspension(now, id(actor, key), actor.kind());
    if (changed(key, version, life -> life.suspend(realm, key.id(), suspension))) {
      Act act = actor instanceof Actor.Alarm ? Act.SUSPEND_REUSED : Act.SUSPEND;
      trail.switched(act, key, reread(key), actor);
    }
  }

  void resume(AccessKey key, Optional<Integer> version, Actor actor) {
    permissions.requireManage(key, actor);
    requireUnrevoked(key);
    permissions.requireResume(key, actor);
    // Somebody whose word counts for more may suspend it meanwhile.
    Optional<Integer> seen =
        actor instanceof Actor.Person && version.isEmpty() ? Optional.of(key.version()) : version;
    if (changed(key, seen, life -> life.resume(realm, key.id()))) {
      trail.switched(Act.RESUME, key, reread(key), actor);
    }
  }

  void revoke(AccessKey key, Optional<Integer> version, Optional<String> reason, Actor actor) {
    permissions.requireManage(key, actor);
    if (changed(key, version, life -> life.revoke(realm, key.id(), new Revocation(now, reason)))) {
      trail.revoked(key, reread(key), actor);
    }
  }

  void expose(AccessKey key) {
    if (policy.whenExposed() == WhenExposed.REVOKE) {
      Revocation revocation = new Revocation(now, Optional.of("Found in public"));
      if (store.lifecycle().revoke(realm, key.id(), revocation)) {
        trail.exposed(EventType.REMOVE_CREDENTIAL, key, reread(key));
      }
    } else if (store.lifecycle().expose(realm, key.id(), now)) {
      trail.exposed(EventType.UPDATE_CREDENTIAL, key, reread(key));
    }
  }

  void remove(AccessKey key, Optional<Integer> version, Actor actor) {
    permissions.requireManage(key, actor);
    requireVersion(key, version);
    if (!DEAD.contains(key.stateAt(now, policy.limits(key.kind())))) {
      throw new KeyConflictException(
          "The key is still valid. Revoke it before you remove it from the list");
    }
    // It was dead in the version that was read; one that was rolled since is not.
    if (changed(key, Optional.of(key.version()), life -> life.remove(realm, key.id(), now))) {
      trail.switched(Act.REMOVE, key, reread(key), actor);
    }
  }

  /** Suspends the keys of an application whose former registrant knows their secrets. */
  void transferred(Iterable<AccessKey> keys, Actor.Person taker) {
    Suspension suspension = new Suspension(now, taker.user().getId(), ActorKind.TRANSFER);
    for (AccessKey key : keys) {
      if (key.validity().suspended().filter(KeyTransitions::isAdministrators).isEmpty()) {
        if (!store.replace(key.with(key.validity().suspended(suspension)))) {
          throw new KeyConflictException(
              "A key of the application was changed just now: try again");
        }
        trail.switched(Act.SUSPEND_TRANSFERRED, key, reread(key), taker);
      }
    }
  }

  /** What an administrator has suspended stays so: no registrant resumes it. */
  private static boolean isAdministrators(Suspension suspension) {
    return suspension.kind() == ActorKind.ADMINISTRATOR;
  }

  /**
   * Whether a conditional update has won. Where it has not, the key may have been so before, which
   * is as good.
   *
   * @throws KeyConflictException if it has another version than was seen
   */
  private boolean changed(
      AccessKey key, Optional<Integer> version, Predicate<KeyLifecycle> update) {
    if (update.test(store.lifecycle(version))) {
      return true;
    }
    if (version.isPresent()) {
      requireVersion(store.find(realm, key.id()).orElseThrow(KeyNotFoundException::new), version);
    }
    return false;
  }

  private static void requireVersion(AccessKey key, Optional<Integer> version) {
    if (version.filter(seen -> seen != key.version()).isPresent()) {
      throw new KeyConflictException(
          "The key was changed since you read it. Read it again, then repeat the request");
    }
  }

  private static void requireUnrevoked(AccessKey key) {
    if (key.validity().revoked().isPresent()) {
      throw new KeyConflictException("The key is revoked");
    }
  }

  private AccessKey reread(AccessKey key) {
    return store.find(realm, key.id()).orElse(key);
  }

  private static String id(Actor actor, AccessKey key) {
    if (actor instanceof Actor.Person person) {
      return person.user().getId();
    }
    return actor instanceof Actor.Administrator administrator
        ? administrator.userId()
        : key.ownerId();
  }
}
