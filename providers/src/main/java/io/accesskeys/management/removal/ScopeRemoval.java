package io.accesskeys.management.removal;

import io.accesskeys.history.Act;
import io.accesskeys.history.HistoryEntry;
import io.accesskeys.history.KeyFields;
import io.accesskeys.history.KeyHistory;
import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.management.removal.Departure.OfScope;
import io.accesskeys.restriction.RealmClientNames;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes into the history of keys that a client scope which they had was deleted. */
final class ScopeRemoval implements BiConsumer<AccessKey, AccessKey> {

  /** Who deletes client scopes. Keycloak's own admin events say who it was. */
  private static final RecordedActor ACTOR = RecordedActor.of(ActorKind.ADMINISTRATOR);

  private final KeyHistory history;
  private final KeyFields fields;
  private final Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());

  ScopeRemoval(KeycloakSession session, RealmModel realm, OfScope gone) {
    this.history = new KeyHistory(session);
    this.fields =
        new KeyFields(
            RealmClientNames.of(realm),
            id ->
                id.equals(gone.id())
                    ? Optional.of(gone.name())
                    : Optional.ofNullable(realm.getClientScopeById(id))
                        .map(ClientScopeModel::getName),
            // No state changes by it, and the policy is not to be read while a commit runs.
            key -> KeyState.ACTIVE,
            now);
  }

  /** Takes a key with the scope, and the same key as it is stored without it. */
  @Override
  public void accept(AccessKey before, AccessKey after) {
    history.add(
        after,
        new HistoryEntry(
            now,
            Act.SCOPE_REMOVED,
            ACTOR,
            after.version(),
            fields.changes(Optional.of(before), after),
            Optional.empty()));
  }
}
