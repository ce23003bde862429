package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Revokes all keys that meet criteria, of those that an administrator may manage. */
final class BulkRevoker {

  private static final int PAGE = 500;

  private final RealmModel realm;
  private final KeyStore store;
  private final KeyTrail trail;
  private final Actor.Administrator actor;

  BulkRevoker(KeycloakSession session, KeyTrail trail, Actor.Administrator actor) {
    this.realm = session.getContext().getRealm();
    this.store = session.getProvider(KeyStore.class);
    this.trail = trail;
    this.actor = actor;
  }

  /** Ids alone: there may be a million, and what was counted is what is revoked. */
  List<String> found(List<Criterion> criteria, Optional<Integer> expected) {
    List<String> ids = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      KeyPage page = store.search(realm, new KeySearch(criteria, 0, PAGE, after));
      page.keys().stream()
          .filter(key -> key.validity().revoked().isEmpty())
          .filter(actor.permissions()::canManage)
          .map(AccessKey::id)
          .forEach(ids::add);
      after = page.next();
    } while (after.isPresent());
    if (expected.isPresent() && expected.get() != ids.size()) {
      throw new KeyConflictException("It is " + ids.size() + " keys by now: nothing was revoked");
    }
    return ids;
  }

  void revoke(List<String> ids, Revocation revocation) {
    for (int i = 0; i < ids.size(); i += PAGE) {
      List<String> page = List.copyOf(ids.subList(i, Math.min(i + PAGE, ids.size())));
      List<AccessKey> keys = store.findAll(realm, page);
      store.lifecycle().revokeAll(realm, page, revocation);
      trail.revokedTogether(keys, revocation, actor);
    }
  }
}
