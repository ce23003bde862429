package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Which actor may do what to a key; the table is in {@code docs/decisions.md}. */
final class Permissions {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final Instant now;
  private final KeyEvents events;

  Permissions(KeycloakSession session, RealmPolicy policy, Instant now) {
    this.events = new KeyEvents(session);
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.now = now;
  }

  /** To change what neither widens a key nor shows a secret. */
  void requireManage(AccessKey key, Actor actor) {
    if (actor instanceof Actor.Administrator administrator) {
      administrator.permissions().requireManage(key);
    }
  }

  /** To get a new secret. */
  void requireSecret(AccessKey key, Actor actor) {
    if (actor instanceof Actor.Administrator administrator) {
      administrator.permissions().requireActingAs(key);
    } else if (actor instanceof Actor.Person person) {
      person.signIn().requireFresh(policy.freshLogin(), now);
    }
  }

  /** To make a key that can do more, or lives longer: as much as making another takes. */
  void requireWidening(AccessKey key, Actor actor) {
    requireSecret(key, actor);
    if (actor instanceof Actor.Person person) {
      requireRole("widen", person);
    }
  }

  /** To make a key for this owner. */
  void requireCreation(KeyOwner owner, Actor actor) {
    if (actor instanceof Actor.Administrator administrator) {
      administrator.permissions().requireActingAs(owner);
    } else if (actor instanceof Actor.Person person) {
      person.signIn().requireFresh(policy.freshLogin(), now);
      requireRole("create", person);
    }
  }

  /**
   * To make keys.
   *
   * @throws NotAllowedException if the person lacks the role that the policy asks for
   */
  private void requireRole(String word, Actor.Person person) {
    Optional<String> role =
        person instanceof Actor.Owner
            ? policy.selfService().role()
            : Optional.of(
                policy
                    .applications()
                    .role()
                    .orElseThrow(
                        () ->
                            refused(word, person, "Nobody registers applications in this realm")));
    if (role.isPresent() && !hasRole(person.user(), role.get())) {
      throw refused(word, person, "The role " + role.get() + " is needed");
    }
  }

  /**
   * To switch a key on again.
   *
   * @throws NotAllowedException if it was suspended by somebody whose word counts for more
   * @throws KeyConflictException if it needs a new secret instead
   */
  void requireResume(AccessKey key, Actor actor) {
    requireManage(key, actor);
    Optional<ActorKind> by = key.validity().suspended().map(Suspension::kind);
    if (by.isEmpty() || !(actor instanceof Actor.Person person)) {
      return;
    }
    switch (by.get()) {
      case OWNER, REGISTRANT, ALARM -> {}
      case ADMINISTRATOR, HOLDER, SCHEDULE ->
          throw refused("resume", person, "An administrator has suspended this key");
      case TRANSFER ->
          throw new KeyConflictException(
              "The former registrant of the application knows this key: roll it, and it is active"
                  + " again");
    }
  }

  /** The event outlives the transaction, which is rolled back. */
  private NotAllowedException refused(String word, Actor.Person person, String reason) {
    events.refused(word, "not_allowed", person.user().getId());
    return new NotAllowedException(reason);
  }

  private boolean hasRole(UserModel user, String name) {
    RoleModel role = KeycloakModelUtils.getRoleFromString(session, realm, name);
    return role != null && user.hasRole(role);
  }
}
