package io.accesskeys.store;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Label;
import io.accesskeys.key.Limits;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.Validity;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.store.Criterion.Ends;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

/** What each criterion finds of four keys: a token, an API key, a client secret, an old token. */
final class CriterionTest {

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Instant longAgo = now.minus(Duration.ofDays(400));
  private final Instant soon = now.plus(Duration.ofDays(1));
  private final Instant inAWeek = now.plus(Duration.ofDays(7));
  private static final KeyKind PAT = KeyKind.PERSONAL_ACCESS_TOKEN;
  private static final String[] ALL = {"token", "api key", "secret", "old"};
  private static final Limits A_MONTH =
      new Limits(
          Optional.empty(),
          Optional.of(Duration.ofDays(30)),
          Set.of(),
          Limits.Rolling.NONE,
          Optional.empty());

  private final SampleRealm realm = new SampleRealm();

  @BeforeEach
  void keys() {
    realm.key(PAT, key -> named(key, "token"));
    realm.key(
        KeyKind.API_KEY,
        key ->
            named(key, "api key")
                .with(
                    new Validity(
                        key.validity().created(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(now),
                        Optional.empty(),
                        Optional.of(now))));
    realm.key(
        KeyKind.CLIENT_SECRET,
        key ->
            named(key, "secret")
                .scheduled(
                    Optional.of(
                        new RollSchedule(
                            Optional.empty(),
                            Optional.of(soon),
                            Optional.empty(),
                            Duration.ofDays(1),
                            "pickup"))));
    realm.key(
        KeyKind.PERSONAL_ACCESS_TOKEN,
        key ->
            named(key, "old")
                .with(
                    Validity.between(
                        new Validity.Creation(longAgo, "somebody"),
                        Optional.empty(),
                        Optional.of(soon)))
                .with(List.of(key.current().retiring(soon))));
    realm.change(
        (session, model) -> model.getClientByClientId(SampleRealm.ROBOT).setEnabled(false));
  }

  private static AccessKey named(AccessKey key, String name) {
    return key.with(Label.named(name), key.grant());
  }

  /** A criterion with the names of the keys that it finds. */
  private record Case(Criterion criterion, Set<String> names) {

    static Case of(Criterion criterion, String... names) {
      return new Case(criterion, Set.of(names));
    }
  }

  private List<Case> cases(RealmModel model) {
    String robot = model.getClientByClientId(SampleRealm.ROBOT).getId();
    Map<KeyKind, Ends> open = ends(kind -> true);
    Map<KeyKind, Ends> withoutApiKeys = ends(kind -> kind != KeyKind.API_KEY);
    return List.of(
        Case.of(new Criterion.OwnedBy(robot), "secret"),
        Case.of(new Criterion.OfKind(KeyKind.API_KEY), "api key"),
        Case.of(new Criterion.IssuedFor(robot), "secret"),
        Case.of(new Criterion.InState(KeyState.EXPOSED, now), "api key"),
        Case.of(new Criterion.InState(KeyState.ROLLING, now), "old"),
        Case.of(new Criterion.InState(KeyState.ACTIVE, now), "token", "secret"),
        Case.of(new Criterion.ExpiringBetween(now, inAWeek), "old"),
        Case.of(new Criterion.NeverExpiring(), "api key"),
        Case.of(new Criterion.UnusedSince(now.minus(Duration.ofDays(1))), "old"),
        Case.of(new Criterion.NeverUsed(), ALL),
        Case.of(new Criterion.Unrestricted(), ALL),
        Case.of(new Criterion.NameBegins("TO"), "token"),
        Case.of(new Criterion.BeyondPolicy(Map.of(PAT, A_MONTH), now), "token", "old"),
        Case.of(new Criterion.EndedByChange(open, withoutApiKeys, now), "api key"),
        Case.of(new Criterion.RollDueBefore(inAWeek), "secret"),
        Case.of(new Criterion.Orphaned(now), "api key", "secret"),
        Case.of(new Criterion.Unscheduled(PAT, now), "token", "old"),
        Case.of(new Criterion.RetiringBetween(now, inAWeek), "old"),
        Case.of(new Criterion.Legacy()),
        Case.of(new Criterion.Listed(), "token", "secret", "old"));
  }

  private static Map<KeyKind, Ends> ends(Predicate<KeyKind> enabled) {
    return Stream.of(KeyKind.values())
        .collect(toMap(kind -> kind, kind -> new Ends(enabled.test(kind), Limits.NONE)));
  }

  @Test
  void findsWhatItSays() {
    realm.change(
        (session, model) -> {
          KeyStore store = session.getProvider(KeyStore.class);
          for (Case one : cases(model)) {
            KeySearch search = KeySearch.first(10, one.criterion());
            List<AccessKey> keys = store.search(model, search).keys();
            assertThat(keys)
                .as(one.criterion().toString())
                .extracting(AccessKey::name)
                .containsExactlyInAnyOrderElementsOf(one.names());
            assertThat(store.count(model, search)).isEqualTo(keys.size());
          }
        });
  }

  @Test
  void everyOneIsTried() {
    List<Case> cases = realm.ask((session, model) -> cases(model));
    assertThat(cases.stream().map(one -> one.criterion().getClass().getName()))
        .containsAll(
            Stream.of(Criterion.class.getPermittedSubclasses()).map(Class::getName).toList());
  }
}
