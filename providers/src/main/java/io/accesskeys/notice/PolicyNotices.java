package io.accesskeys.notice;

import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells owners that a policy which was tightened will end their keys, once for each date from which
 * on it counts, and as long as that date lies ahead: nobody's program shall stop by surprise.
 */
public final class PolicyNotices {

  private static final int PAGE = 200;

  private final KeycloakSessionFactory sessions;

  public PolicyNotices(KeycloakSessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Stores the notices that are due in a realm. */
  public void run(String realmId) {
    Optional<String> after = tell(realmId, Optional.empty());
    while (after.isPresent()) {
      after = tell(realmId, after);
    }
  }

  private Optional<String> tell(String realmId, Optional<String> after) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions, session -> tell(session, realmId, after));
  }

  private static Optional<String> tell(
      KeycloakSession session, String realmId, Optional<String> after) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null) {
      return Optional.empty();
    }
    session.getContext().setRealm(realm);
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    RealmPolicy policy = RealmPolicy.of(session, realm);
    Optional<Instant> deadline =
        policy.kinds().values().stream()
            .flatMap(kind -> kind.existingEnforcedFrom().stream())
            .findFirst()
            .filter(now::isBefore);
    if (deadline.isEmpty()) {
      return Optional.empty();
    }
    List<Criterion> beyond = List.of(new Criterion.BeyondPolicy(policy.limits(), now));
    KeyPage page =
        session.getProvider(KeyStore.class).search(realm, new KeySearch(beyond, 0, PAGE, after));
    Notices notices = new Notices(session, realm);
    page.keys()
        .forEach(key -> notices.tell(NoticeKind.POLICY, deadline.get().toString(), key, now));
    return page.next();
  }
}
