package io.accesskeys.management;

import static io.accesskeys.management.RollingRealm.DAY;
import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.history.Act;
import io.accesskeys.history.FieldChange;
import io.accesskeys.history.HistoryEntry;
import io.accesskeys.history.HistoryPage;
import io.accesskeys.history.KeyHistory;
import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.management.KeyImporter.BeyondPolicy;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whatever is done to a key is in its history. */
final class KeyHistoryTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final RollingRealm rolling = new RollingRealm();
  private final SampleRealm realm = rolling.sample();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** Something that is done with a manager. */
  @FunctionalInterface
  private interface Work<T> {
    T with(KeyManager manager, Actor.Owner owner, RealmModel model);
  }

  private <T> T managed(Work<T> work) {
    return realm.ask(
        (session, model) ->
            work.with(manager(session, model), Actors.owner(user(session, model, PERSON)), model));
  }

  private KeyManager manager(KeycloakSession session, RealmModel model) {
    return new KeyManager(session, RealmPolicy.of(session, model), RollingRealm.RANDOM, now);
  }

  private AccessKey key() {
    return rolling.key(key -> key);
  }

  private HistoryPage page(AccessKey key, Optional<Integer> before, int max) {
    return realm.ask((session, model) -> new KeyHistory(session).page(key, before, max));
  }

  private List<HistoryEntry> history(AccessKey key) {
    return page(key, Optional.empty(), 1_000).entries();
  }

  /** The newest change, which must be that of the version which is stored. */
  private HistoryEntry newest(AccessKey key) {
    HistoryEntry newest = history(key).get(0);
    assertThat(newest.version()).isEqualTo(rolling.find(key.id()).version());
    return newest;
  }

  private static List<String> fields(HistoryEntry entry) {
    return entry.changes().stream().map(FieldChange::field).toList();
  }

  /**
   * Does it to a key.
   *
   * @return the key as it was before, or is now
   */
  private AccessKey does(Act act) {
    return switch (act) {
      case CREATE ->
          managed(
              (manager, owner, model) ->
                  manager
                      .create(KeyRequests.USUAL, new KeyOwner.Person(owner.user()), owner)
                      .key());
      case IMPORT -> imported();
      case EDIT ->
          to(key(), (manager, owner, key) -> manager.edit(key, named("another name"), owner));
      case ROLL -> to(key(), (manager, owner, key) -> manager.roll(key, RollRequests.USUAL, owner));
      case SELF_ROLL -> {
        rolling.policy("personal-access-token.self-roll", "P30D");
        yield to(
            key(),
            (manager, owner, key) ->
                manager.roll(key, RollRequests.USUAL, new Actor.Holder(key.current())));
      }
      case SCHEDULED_ROLL ->
          to(
              key(),
              (manager, owner, key) -> manager.roll(key, RollRequests.USUAL, new Actor.Schedule()));
      case EXTEND -> extended();
      case IMPOSE_SCHEDULE -> {
        rolling.policy("personal-access-token.roll-every", "P30D");
        rolling.policy("existing-keys-enforced-from", now.minus(HOUR).toString());
        AccessKey key = key();
        rolling.runJob();
        yield key;
      }
      case SUSPEND -> suspended();
      case SUSPEND_REUSED ->
          to(key(), (manager, owner, key) -> suspend(manager, key, new Actor.Alarm()));
      case SUSPEND_TRANSFERRED -> transferred();
      case RESUME ->
          to(
              suspended(),
              (manager, owner, key) -> {
                manager.resume(key, Optional.empty(), owner);
                return key;
              });
      case REVOKE -> revoked();
      case EXPOSED ->
          to(
              key(),
              (manager, owner, key) -> {
                manager.expose(key);
                return key;
              });
      case REMOVE ->
          to(
              revoked(),
              (manager, owner, key) -> {
                manager.remove(key, Optional.empty(), owner);
                return key;
              });
      case SCOPE_REMOVED -> withoutScope();
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyActIsThereWithWhatItChanged(Act act) {
    AccessKey key = does(act);
    HistoryEntry entry = newest(key);
    assertThat(entry.act()).isEqualTo(act);
    assertThat(fields(entry)).containsExactlyElementsOf(fieldsOf(act));
    assertThat(entry.actor().kind()).isEqualTo(kindOf(act));
    assertThat(entry.at()).isBetween(now.minus(HOUR), Instant.now().plus(HOUR));
  }

  private static List<String> fieldsOf(Act act) {
    return switch (act) {
      case CREATE, IMPORT -> List.of("state", "name", "client", "scopes", "expiresAt", "secret");
      case EDIT -> List.of("name");
      case ROLL, SELF_ROLL, SCHEDULED_ROLL -> List.of("state", "secret", "retiresAt");
      case EXTEND -> List.of("retiresAt");
      case IMPOSE_SCHEDULE -> List.of("roll");
      case SUSPEND, SUSPEND_REUSED, SUSPEND_TRANSFERRED, RESUME, REVOKE, EXPOSED ->
          List.of("state");
      case REMOVE -> List.of();
      case SCOPE_REMOVED -> List.of("scopes");
    };
  }

  private static ActorKind kindOf(Act act) {
    return switch (act) {
      case CREATE, EDIT, ROLL, SUSPEND, RESUME, REVOKE, REMOVE -> ActorKind.OWNER;
      case IMPORT, SCOPE_REMOVED -> ActorKind.ADMINISTRATOR;
      case SELF_ROLL, EXPOSED -> ActorKind.HOLDER;
      case SCHEDULED_ROLL, EXTEND, IMPOSE_SCHEDULE -> ActorKind.SCHEDULE;
      case SUSPEND_REUSED -> ActorKind.ALARM;
      case SUSPEND_TRANSFERRED -> ActorKind.REGISTRANT;
    };
  }

  /** A verb that is new needs an act above, or a word here why it changes nothing. */
  @Test
  void everyVerbOfTheManagerIsAmongThem() {
    Set<String> changing =
        Set.of(
            "create",
            "edit",
            "roll",
            "suspend",
            "resume",
            "revoke",
            "expose",
            "remove",
            "revokeAll",
            "importAll",
            "impose",
            "extend",
            "transferred");
    // Counts, tries out, deletes with the history, and notes what is no matter of the key.
    Set<String> others = Set.of("countRevocable", "preview", "purge", "markDue");
    assertThat(
            Arrays.stream(KeyManager.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !others.contains(name))
                .collect(Collectors.toSet()))
        .isEqualTo(changing);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSFER")
  void everyActorIsThereAsWhatTheyAreKnownBy(ActorKind kind) {
    AccessKey key = key();
    RecordedActor expected =
        realm.ask(
            (session, model) -> {
              Actor actor = actor(kind, session, model, key);
              manager(session, model).revoke(key, Optional.empty(), Optional.of("left"), actor);
              String id = user(session, model, PERSON).getId();
              return switch (kind) {
                case OWNER, REGISTRANT ->
                    new RecordedActor(kind, Optional.of(id), Optional.of(PERSON), Optional.empty());
                case ADMINISTRATOR -> Actors.admin("administrator");
                case HOLDER, SCHEDULE, ALARM, TRANSFER -> RecordedActor.of(kind);
              };
            });
    assertThat(newest(key).actor()).isEqualTo(expected);
    assertThat(newest(key).reason()).contains("left");
  }

  private static Actor actor(
      ActorKind kind, KeycloakSession session, RealmModel model, AccessKey key) {
    return switch (kind) {
      case OWNER -> Actors.owner(user(session, model, PERSON));
      case REGISTRANT ->
          Actors.registrant(user(session, model, PERSON), model.getClientByClientId(ROBOT));
      case ADMINISTRATOR -> Actors.administrator();
      case HOLDER -> new Actor.Holder(key.current());
      case SCHEDULE -> new Actor.Schedule();
      case ALARM -> new Actor.Alarm();
      case TRANSFER -> throw new IllegalArgumentException("A transfer is its taker's");
    };
  }

  @Test
  void valuesAreThereBeforeAndAfterAndNoSecretIs() {
    AccessKey key = does(Act.EDIT);
    FieldChange name = newest(key).changes().get(0);
    assertThat(name.before().textValue()).isEqualTo("ci");
    assertThat(name.after().textValue()).isEqualTo("another name");
    IssuedKey issued =
        managed(
            (manager, owner, model) ->
                manager.roll(rolling.find(key.id()), RollRequests.USUAL, owner));
    assertThat(history(key).toString())
        .doesNotContain(issued.text().reveal(), issued.key().current().hash().toString());
  }

  @Test
  void anEditOfNothingIsNoEntry() {
    AccessKey key = key();
    to(key, (manager, owner, as) -> manager.edit(as, named("ci"), owner));
    assertThat(history(key)).isEmpty();
  }

  @Test
  void whatIsSoAlreadyIsNoEntry() {
    AccessKey key = suspended();
    to(key, (manager, owner, as) -> suspend(manager, as, owner));
    assertThat(history(key)).hasSize(1);
  }

  @Test
  void whatIsRolledBackIsNoEntry() {
    AccessKey key = key();
    assertThatThrownBy(
            () ->
                managed(
                    (manager, owner, model) -> {
                      suspend(manager, key, owner);
                      throw new KeyConflictException("Something else");
                    }))
        .isInstanceOf(KeyConflictException.class);
    assertThat(history(key)).isEmpty();
  }

  @Test
  void aChangeThatSomebodyElseMadeMeanwhileIsNotTakenForOnesOwn() {
    AccessKey seen = key();
    to(seen, (manager, owner, key) -> manager.edit(key, named("theirs"), owner));
    to(seen, (manager, owner, key) -> suspend(manager, seen, owner));
    assertThat(history(seen).stream().map(KeyHistoryTest::fields))
        .containsExactly(List.of("state"), List.of("name"));
  }

  @Test
  void pagesEndWhereTheNextBegins() {
    AccessKey key = key();
    for (int i = 0; i < 5; i++) {
      String name = "name " + i;
      to(rolling.find(key.id()), (manager, owner, as) -> manager.edit(as, named(name), owner));
    }
    HistoryPage first = page(key, Optional.empty(), 2);
    HistoryPage second = page(key, first.next(), 2);
    HistoryPage third = page(key, second.next(), 2);
    assertThat(third.next()).isEmpty();
    List<Integer> versions = new ArrayList<>();
    List.of(first, second, third)
        .forEach(page -> page.entries().forEach(entry -> versions.add(entry.version())));
    assertThat(versions)
        .hasSize(5)
        .isEqualTo(history(key).stream().map(HistoryEntry::version).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(page(key, Optional.empty(), 5).next()).isEmpty();
  }

  @Test
  void keysThatAreRevokedTogetherHaveAnEntryEach() {
    List<AccessKey> keys = new ArrayList<>();
    for (int i = 0; i < 520; i++) {
      keys.add(key());
    }
    AccessKey off = suspended();
    AccessKey ended = revoked();
    int revoked =
        managed(
            (manager, owner, model) ->
                manager.revokeAll(
                    List.of(new Criterion.OfKind(KeyKind.PERSONAL_ACCESS_TOKEN)),
                    Optional.empty(),
                    Optional.of("all of them"),
                    Actors.administrator()));
    assertThat(revoked).isEqualTo(521);
    keys.add(off);
    for (AccessKey key : keys) {
      HistoryEntry entry = newest(key);
      assertThat(entry.act()).isEqualTo(Act.REVOKE);
      assertThat(entry.actor()).isEqualTo(Actors.admin("administrator"));
      assertThat(entry.reason()).contains("all of them");
      assertThat(entry.changes().get(0).before().textValue())
          .isEqualTo(key.equals(off) ? "suspended" : "active");
    }
    assertThat(history(ended)).hasSize(1);
  }

  @Test
  void changesAreForgottenAfterTheirTimeAndWithTheirKey() {
    AccessKey key = does(Act.EDIT);
    AccessKey other = does(Act.SUSPEND);
    realm.change(
        (session, model) -> {
          KeyHistory history = new KeyHistory(session);
          assertThat(history.forget(model, now, 500)).isZero();
          assertThat(history.forget(model, now.plusMillis(1), 1)).isEqualTo(1);
          assertThat(history.forget(model, now.plusMillis(1), 500)).isEqualTo(1);
        });
    assertThat(history(key)).isEmpty();
    assertThat(history(other)).isEmpty();
    AccessKey gone = does(Act.EDIT);
    realm.change(
        (session, model) ->
            session.getProvider(KeyStore.class).removal().removeOwnedBy(model, gone.ownerId()));
    assertThat(history(gone)).isEmpty();
  }

  /** Something that is done to a key. */
  @FunctionalInterface
  private interface Verb {
    Object on(KeyManager manager, Actor.Owner owner, AccessKey key);
  }

  private AccessKey to(AccessKey key, Verb verb) {
    managed((manager, owner, model) -> verb.on(manager, owner, key));
    return key;
  }

  private static AccessKey suspend(KeyManager manager, AccessKey key, Actor actor) {
    manager.suspend(key, Optional.empty(), actor);
    return key;
  }

  private AccessKey suspended() {
    AccessKey key = to(key(), (manager, owner, on) -> suspend(manager, on, owner));
    return rolling.find(key.id());
  }

  private AccessKey revoked() {
    AccessKey key =
        to(
            key(),
            (manager, owner, on) -> {
              manager.revoke(on, Optional.empty(), Optional.empty(), owner);
              return on;
            });
    return rolling.find(key.id());
  }

  private AccessKey transferred() {
    AccessKey key = rolling.find(realm.key(KeyKind.API_KEY));
    realm.change(
        (session, model) ->
            manager(session, model)
                .transferred(
                    List.of(key),
                    Actors.registrant(
                        user(session, model, PERSON), model.getClientByClientId(ROBOT))));
    return key;
  }

  private AccessKey extended() {
    Duration overlap = DAY.multipliedBy(5);
    Instant roll = now.plus(HOUR).minus(overlap);
    AccessKey key =
        rolling.key(
            good ->
                RollingRealm.rolled(
                    RollingRealm.used(RollingRealm.made(good, roll.minus(DAY)), roll.minus(HOUR)),
                    overlap,
                    roll));
    rolling.runJob();
    return key;
  }

  private AccessKey imported() {
    AccessKey like = key();
    KeyText text = KeyText.generate(like.prefix(), RollingRealm.RANDOM);
    AccessKey key =
        new AccessKey(
            like.realmId(),
            text.id(),
            like.kind(),
            like.prefix(),
            like.ownerId(),
            like.label(),
            like.grant(),
            like.validity(),
            like.roll(),
            List.of(KeySecret.current(1, text, now)),
            like.usage(),
            4);
    managed(
        (manager, owner, model) -> {
          KeyImporter importer = manager.importAll(BeyondPolicy.KEEP, Actors.administrator());
          importer.lock(List.of(key.ownerId()));
          return importer.add(key);
        });
    return key;
  }

  private AccessKey withoutScope() {
    AccessKey key = key();
    realm.change(
        (session, model) -> {
          ClientScopeModel scope = SampleRealm.scope(model, WRITE);
          model.getClientByClientId(API).removeClientScope(scope);
          model.removeClientScope(scope.getId());
        });
    HistoryEntry entry = newest(key);
    assertThat(entry.changes().get(0).before().toString())
        .isEqualTo("[\"orders:read\",\"orders:write\"]");
    return key;
  }

  private static KeyEdit named(String name) {
    return new KeyEdit(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
