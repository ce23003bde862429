package io.accesskeys.management;

import io.accesskeys.history.Act;
import io.accesskeys.history.FieldChange;
import io.accesskeys.history.HistoryEntry;
import io.accesskeys.history.KeyFields;
import io.accesskeys.history.KeyHistory;
import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.RealmClientNames;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes what is done to keys into their history, in the running transaction. */
final class HistoryTrail {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final KeyHistory history;
  private final Instant now;

  HistoryTrail(KeycloakSession session, Instant now) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.history = new KeyHistory(session);
    this.now = now;
  }

  /** A key that was not there before. */
  void begun(Act act, AccessKey key, RecordedActor actor) {
    add(act, key, actor, fields().changes(Optional.empty(), key));
  }

  /**
   * A change of a key.
   *
   * @param before as whoever changed it has read it
   * @param after as it is stored now
   */
  void changed(Act act, AccessKey before, AccessKey after, RecordedActor actor) {
    List<FieldChange> changes = fields().changes(Optional.of(before), after);
    if (act != Act.EDIT || !changes.isEmpty()) {
      add(act, after, actor, changes);
    }
  }

  /**
   * A change of nothing but what has been done to the key. It takes no look at the version that was
   * read: what somebody else has changed meanwhile is in that one's entry.
   */
  void transition(Act act, AccessKey before, AccessKey after, RecordedActor actor) {
    changed(act, after.with(before.validity()), after, actor);
  }

  /**
   * Revocations of several keys at the instant of this trail.
   *
   * @param keys as they were before
   */
  void revokedTogether(List<AccessKey> keys, Revocation revocation, RecordedActor actor) {
    Map<String, Integer> versions =
        history.revokedAt(realm, keys.stream().map(AccessKey::id).toList(), revocation.at());
    Map<List<FieldChange>, Set<AccessKey>> alike = new LinkedHashMap<>();
    KeyFields fields = fields();
    for (AccessKey key : keys) {
      if (versions.containsKey(key.id())) {
        List<FieldChange> changes =
            fields.stateChange(key, key.with(revoked(key.validity(), revocation)));
        alike.computeIfAbsent(changes, unused -> new LinkedHashSet<>()).add(key);
      }
    }
    alike.forEach(
        (changes, same) -> {
          AccessKey first = same.iterator().next();
          history.addRevoked(
              first,
              new HistoryEntry(
                  revocation.at(),
                  Act.REVOKE,
                  actor,
                  versions.get(first.id()),
                  changes,
                  revocation.reason()),
              same.stream().skip(1).map(AccessKey::id).toList());
        });
  }

  private void add(Act act, AccessKey after, RecordedActor actor, List<FieldChange> changes) {
    Optional<String> reason = after.validity().revoked().flatMap(Revocation::reason);
    boolean revokes = act == Act.REVOKE || act == Act.EXPOSED;
    history.add(
        after,
        new HistoryEntry(
            now, act, actor, after.version(), changes, revokes ? reason : Optional.empty()));
  }

  private KeyFields fields() {
    RealmPolicy policy = RealmPolicy.of(session, realm);
    return new KeyFields(
        RealmClientNames.of(realm),
        id -> Optional.ofNullable(realm.getClientScopeById(id)).map(ClientScopeModel::getName),
        key -> key.stateAt(now, policy.limits(key.kind())),
        now);
  }

  private static Validity revoked(Validity validity, Revocation revocation) {
    return new Validity(
        validity.created(),
        validity.renewed(),
        validity.notBefore(),
        validity.expires(),
        validity.suspended(),
        validity.exposed(),
        Optional.of(revocation),
        validity.removed());
  }
}
