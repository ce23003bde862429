package io.accesskeys.notice;

import io.accesskeys.key.AccessKey;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells owners that a key expires in 30, 7 and 1 days, and that it has. Each run looks at the keys
 * whose notice became due within the last day, so it need not look at all of them, and a day
 * without any node running costs at most one of the notices.
 */
public final class ExpiryNotices {

  private static final int PAGE = 200;
  private static final Duration LOOK_BACK = Duration.ofDays(1);

  /** As long as a token may live that is minted from a key. */
  private static final Duration BRIEF = Duration.ofMinutes(15);

  private final KeycloakSessionFactory sessions;

  public ExpiryNotices(KeycloakSessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * When a notice is due.
   *
   * @param ahead how long before the expiry; zero when it is reached
   */
  record Window(NoticeKind kind, Duration ahead) {

    static final List<Window> ALL =
        List.of(
            new Window(NoticeKind.EXPIRING, Duration.ofDays(30)),
            new Window(NoticeKind.EXPIRING, Duration.ofDays(7)),
            new Window(NoticeKind.EXPIRING, Duration.ofDays(1)),
            new Window(NoticeKind.EXPIRED, Duration.ZERO));

    /** Which keys have had their notice become due lately. */
    Criterion.ExpiringBetween expiring(Instant now) {
      return new Criterion.ExpiringBetween(
          now.plus(ahead).minus(LOOK_BACK), now.plus(ahead).plusMillis(1));
    }

    /**
     * A key that is made with less time than that was never that far from its end; that one which
     * was made for a single token has ended, nobody wants to hear.
     */
    boolean concerns(AccessKey key) {
      return key.validity().suspended().isEmpty()
          && key.validity().exposed().isEmpty()
          && key.validity()
              .expires()
              .filter(
                  end -> key.validity().created().at().plus(longest(ahead, BRIEF)).isBefore(end))
              .isPresent();
    }

    private static Duration longest(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? other : one;
    }

    /** Once for every date that the key had as its expiry. */
    String occasion(AccessKey key) {
      return ahead + "/" + key.validity().expires().orElseThrow();
    }
  }

  /** Stores the notices that are due in a realm. */
  public void run(String realmId) {
    for (Window window : Window.ALL) {
      Optional<String> after = tell(realmId, window, Optional.empty());
      while (after.isPresent()) {
        after = tell(realmId, window, after);
      }
    }
  }

  private Optional<String> tell(String realmId, Window window, Optional<String> after) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions, session -> tell(session, realmId, window, after));
  }

  private static Optional<String> tell(
      KeycloakSession session, String realmId, Window window, Optional<String> after) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null) {
      return Optional.empty();
    }
    session.getContext().setRealm(realm);
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    KeyPage page =
        session
            .getProvider(KeyStore.class)
            .search(realm, new KeySearch(List.of(window.expiring(now)), 0, PAGE, after));
    Notices notices = new Notices(session, realm);
    page.keys().stream()
        .filter(window::concerns)
        .forEach(key -> notices.tell(window.kind(), window.occasion(key), key, now));
    return page.next();
  }
}
