package io.accesskeys.management;

import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.RefusedRequestException;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import jakarta.ws.rs.ForbiddenException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Who may do what to a key, and what bounds it. */
final class KeyManagerTest {

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final Duration DAY = Duration.ofDays(1);

  private final RollingRealm rolling = new RollingRealm();
  private final SampleRealm realm = rolling.sample();

  /** Something that is done with a manager. */
  @FunctionalInterface
  private interface Work<T> {
    T with(KeyManager manager, KeycloakSession session, RealmModel model)
        throws InvalidRequestException;
  }

  /** In a transaction of its own, which is rolled back if that is refused. */
  private <T> T managed(Instant at, Work<T> work) throws InvalidRequestException {
    try {
      return realm.ask(
          (session, model) -> {
            KeyManager manager =
                new KeyManager(session, RealmPolicy.of(session, model), RollingRealm.RANDOM, at);
            try {
              return work.with(manager, session, model);
            } catch (InvalidRequestException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof InvalidRequestException refused) {
        throw refused;
      }
      throw e;
    }
  }

  private <T> T managed(Work<T> work) throws InvalidRequestException {
    return managed(now, work);
  }

  private IssuedKey create(Instant at) throws InvalidRequestException {
    return managed(
        at,
        (manager, session, model) -> {
          KeyOwner.Person owner = new KeyOwner.Person(user(session, model, PERSON));
          return manager.create(KeyRequests.USUAL, owner, Actors.owner(owner.user()));
        });
  }

  private void setRegistrant() {
    realm.change(
        (session, model) ->
            model
                .getClientByClientId(ROBOT)
                .setAttribute(KeyOwner.REGISTRANTS, user(session, model, PERSON).getId()));
  }

  private static Actor.Registrant registrant(KeycloakSession session, RealmModel model) {
    return Actors.registrant(user(session, model, PERSON), model.getClientByClientId(ROBOT));
  }

  private AccessKey suspended(ActorKind by) {
    return rolling.key(
        key -> key.with(key.validity().suspended(new Suspension(now.minus(DAY), "x", by))));
  }

  private AccessKey expired() {
    return rolling.key(key -> RollingRealm.expiring(key, now.minus(DAY)));
  }

  private IssuedKey roll(AccessKey key, RollRequest request) throws InvalidRequestException {
    return managed(
        (manager, session, model) ->
            manager.roll(key, request, Actors.owner(user(session, model, PERSON))));
  }

  private List<Event> errors() {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(model.getId())
                .getResultStream()
                .filter(event -> event.getError() != null)
                .toList());
  }

  /** A role that the person lacks. */
  private void ask(String setting) {
    realm.change((session, model) -> model.addRole("developer"));
    rolling.policy(setting, "developer");
  }

  @Nested
  class ManyAtOnce {

    private int granted(Callable<?> attempt) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(12);
      int granted = 0;
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          all.add(pool.submit(attempt));
        }
        for (Future<?> one : all) {
          granted += one.get(60, TimeUnit.SECONDS) == null ? 0 : 1;
        }
      } finally {
        pool.shutdownNow();
      }
      return granted;
    }

    private Object orNull(Callable<?> attempt) throws Exception {
      try {
        return attempt.call();
      } catch (InvalidRequestException e) {
        return null;
      }
    }

    @Test
    @Timeout(120)
    void makeNoMoreKeysThanAnOwnerMayHave() throws Exception {
      rolling.policy("personal-access-token.max-per-owner", "2");
      assertThat(granted(() -> orNull(() -> create(now)))).isEqualTo(2);
    }

    @Test
    @Timeout(120)
    void bringNoMoreExpiredKeysBackToLife() throws Exception {
      List<AccessKey> dead = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        dead.add(expired());
      }
      rolling.policy("personal-access-token.max-per-owner", "2");
      Iterator<AccessKey> each = List.copyOf(dead).iterator();
      assertThat(
              granted(
                  () -> {
                    AccessKey key;
                    synchronized (dead) {
                      key = each.next();
                    }
                    return orNull(() -> roll(key, RollRequests.expiry(new Expiry.ByPolicy())));
                  }))
          .isEqualTo(2);
    }

    @Test
    @Timeout(120)
    void registerNoMoreApplicationsThanAPersonMayHave() throws Exception {
      rolling.policy("applications-per-person", "2");
      realm.change((session, model) -> model.setDefaultRole(model.addRole("default-roles")));
      assertThat(
              granted(
                  () ->
                      orNull(
                          () ->
                              managed(
                                  (manager, session, model) ->
                                      new Applications(session, model)
                                          .register(
                                              user(session, model, PERSON),
                                              "worker",
                                              RealmPolicy.of(session, model),
                                              now)))))
          .isEqualTo(2);
    }
  }

  @Nested
  class ANewExpiry {

    @Test
    void needsTheRoleThatANewKeyNeeds() throws InvalidRequestException {
      AccessKey key = rolling.key(good -> good);
      ask("self-service-role");
      assertThatExceptionOfType(NotAllowedException.class)
          .isThrownBy(() -> roll(key, RollRequests.expiry(new Expiry.ByPolicy())))
          .withMessage("The role developer is needed");
      assertThat(rolling.find(key.id())).isEqualTo(key);
      assertThat(roll(key, RollRequests.USUAL).key().secrets()).hasSize(2);
    }

    @Test
    void needsRoomForAKeyThatWasDead() throws InvalidRequestException {
      AccessKey key = expired();
      rolling.policy("personal-access-token.max-per-owner", "1");
      create(now);
      assertThatExceptionOfType(InvalidRequestException.class)
          .isThrownBy(() -> roll(key, RollRequests.expiry(new Expiry.ByPolicy())))
          .withMessage("The owner has 1 keys, and may have 1");
      rolling.policy("personal-access-token.max-per-owner", "2");
      assertThat(roll(key, RollRequests.expiry(new Expiry.ByPolicy())).key().validity().renewed())
          .contains(now);
    }
  }

  @Nested
  class OfAnApplicationsKey {

    private final AccessKey key = rolling.find(realm.key(KeyKind.API_KEY));

    private AccessKey edit(String... scopes) throws InvalidRequestException {
      KeyEdit edit =
          new KeyEdit(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(List.of(scopes)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      return managed(
          (manager, session, model) ->
              manager.edit(rolling.find(key.id()), edit, registrant(session, model)));
    }

    @Test
    void theServiceAccountNeedsTheRolesAndNotTheRegistrant() throws InvalidRequestException {
      setRegistrant();
      realm.change(
          (session, model) ->
              user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER)));
      rolling.policy("application-role", "default-roles");
      realm.change(
          (session, model) ->
              user(session, model, PERSON).grantRole(model.addRole("default-roles")));
      edit(READ);
      assertThat(realm.names(edit(READ, WRITE).grant().scopes()))
          .containsExactlyInAnyOrder(READ, WRITE);
      edit(READ);
      realm.change(
          (session, model) -> {
            user(session, model, PERSON).grantRole(model.getRole(WRITER));
            user(session, model, "service-account-robot").deleteRoleMapping(model.getRole(WRITER));
          });
      assertThatExceptionOfType(InvalidRequestException.class)
          .isThrownBy(() -> edit(READ, WRITE))
          .extracting(InvalidRequestException::field)
          .isEqualTo("scopes[1]");
    }

    @Test
    void theRegistrantIsAnActorAndNobodyElse() {
      assertNone(key);
      setRegistrant();
      realm.change(
          (session, model) ->
              assertThat(Actor.Person.on(key, session, user(session, model, PERSON), null))
                  .isInstanceOf(Actor.Registrant.class));
    }

    /** An administrator has made it: no registrant sees it or rolls it. */
    @Test
    void aClientSecretIsNone() {
      setRegistrant();
      assertNone(rolling.find(realm.key(KeyKind.CLIENT_SECRET)));
    }

    private void assertNone(AccessKey other) {
      realm.change(
          (session, model) ->
              assertThatThrownBy(
                      () -> Actor.Person.on(other, session, user(session, model, PERSON), null))
                  .isInstanceOf(KeyNotFoundException.class));
    }
  }

  @Nested
  class ASuspendedKey {

    private Object resume(AccessKey key, boolean administrator) throws InvalidRequestException {
      return managed(
          (manager, session, model) -> {
            manager.resume(
                key,
                Optional.empty(),
                administrator
                    ? Actors.administrator()
                    : Actors.owner(user(session, model, PERSON)));
            return true;
          });
    }

    @ParameterizedTest
    @CsvSource({
      "OWNER, true, true",
      "REGISTRANT, true, true",
      "ALARM, true, true",
      "ADMINISTRATOR, false, true",
      "SCHEDULE, false, true",
      "HOLDER, false, true",
      "TRANSFER, false, true"
    })
    void isResumedByThoseWhoseWordCountsForAsMuch(
        ActorKind by, boolean person, boolean administrator) throws InvalidRequestException {
      AccessKey key = suspended(by);
      if (person) {
        resume(key, false);
        assertThat(rolling.find(key.id()).validity().suspended()).isEmpty();
      } else {
        assertThatThrownBy(() -> resume(key, false)).isInstanceOf(RefusedRequestException.class);
        assertThat(rolling.find(key.id())).isEqualTo(key);
      }
      AccessKey other = suspended(by);
      resume(other, true);
      assertThat(rolling.find(other.id()).validity().suspended().isEmpty())
          .isEqualTo(administrator);
    }

    @ParameterizedTest
    @EnumSource(names = {"OWNER", "REGISTRANT", "ALARM", "ADMINISTRATOR"})
    void isRolledOnceItIsResumed(ActorKind by) {
      AccessKey key = suspended(by);
      assertThatExceptionOfType(KeyConflictException.class)
          .isThrownBy(() -> roll(key, RollRequests.USUAL))
          .withMessage("The key is suspended");
    }

    @Test
    void isRolledAndActiveIfAFormerRegistrantKnewItsSecret() throws InvalidRequestException {
      AccessKey key = suspended(ActorKind.TRANSFER);
      AccessKey rolled = roll(key, RollRequests.USUAL).key();
      assertThat(rolled.stateAt(now, rolling.limits(rolled))).isEqualTo(KeyState.ACTIVE);
      assertThat(rolled.secrets().get(1).retiredAt(now)).isTrue();
    }

    @Test
    void saysWhatKindOfActorItWas() throws InvalidRequestException {
      AccessKey key = rolling.key(good -> good);
      managed(
          (manager, session, model) -> {
            manager.suspend(key, Optional.empty(), Actors.administrator());
            return true;
          });
      assertThat(rolling.find(key.id()).validity().suspended())
          .contains(new Suspension(now, "administrator", ActorKind.ADMINISTRATOR));
    }
  }

  @Nested
  class AVersionThatWasSeen {

    private final AccessKey key = rolling.key(good -> good);

    private void change(String verb, int version, AccessKey of) throws InvalidRequestException {
      managed(
          (manager, session, model) -> {
            Optional<Integer> seen = Optional.of(version);
            Actor owner = Actors.owner(user(session, model, PERSON));
            switch (verb) {
              case "suspend" -> manager.suspend(of, seen, owner);
              case "resume" -> manager.resume(of, seen, owner);
              case "revoke" -> manager.revoke(of, seen, Optional.empty(), owner);
              default -> manager.remove(of, seen, owner);
            }
            return true;
          });
    }

    /** Somebody else changes it after this request has read it. */
    @ParameterizedTest
    @CsvSource({"suspend", "resume", "revoke"})
    void isComparedByTheUpdateItself(String verb) throws InvalidRequestException {
      change("suspend", 1, key);
      AccessKey then = rolling.find(key.id());
      AccessKey read = verb.equals("suspend") ? key : then;
      realm.change(
          (session, model) ->
              session
                  .getProvider(KeyStore.class)
                  .replace(then.with(Label.named("renamed"), then.grant())));
      AccessKey meanwhile = rolling.find(key.id());
      assertThatExceptionOfType(KeyConflictException.class)
          .isThrownBy(() -> change(verb, read.version(), read))
          .withMessage(
              "The key was changed since you read it. Read it again, then repeat the request");
      assertThat(rolling.find(key.id())).isEqualTo(meanwhile);
    }

    @Test
    void isTheRightOne() throws InvalidRequestException {
      change("suspend", 1, key);
      change("resume", 2, rolling.find(key.id()));
      change("revoke", 3, rolling.find(key.id()));
      change("remove", 4, rolling.find(key.id()));
      assertThat(rolling.find(key.id()).version()).isEqualTo(5);
    }
  }

  @Nested
  class KeysMadeInALoop {

    private void madeAndRevoked(int count, Instant at) {
      realm.change(
          (session, model) -> {
            KeyStore store = session.getProvider(KeyStore.class);
            for (int i = 0; i < count; i++) {
              String id =
                  realmKey(
                      store, SampleRealm.find(session, model, template.id()), at.minusMillis(i));
              store.lifecycle().revoke(model, id, new Revocation(at, Optional.empty()));
            }
          });
    }

    private final AccessKey template = rolling.key(good -> good);

    private String realmKey(KeyStore store, AccessKey like, Instant at) {
      KeyText text = KeyText.generate(like.prefix(), RollingRealm.RANDOM);
      store.add(
          new AccessKey(
              like.realmId(),
              text.id(),
              like.kind(),
              like.prefix(),
              like.ownerId(),
              like.label(),
              like.grant(),
              Validity.between(
                  new Validity.Creation(at, like.ownerId()),
                  Optional.empty(),
                  like.validity().expires()),
              Optional.empty(),
              List.of(KeySecret.current(1, text, at)),
              Usage.NONE,
              1));
      return text.id();
    }

    @Test
    void areRefusedUntilTheOldestOfAnHourIsAnHourOld() throws InvalidRequestException {
      // The template was made now as well, and a hundred are looked at.
      madeAndRevoked(OwnerRoom.MOST_AN_HOUR, now.minusSeconds(60));
      TooManyKeysException refused = null;
      try {
        create(now);
      } catch (TooManyKeysException e) {
        refused = e;
      }
      assertThat(refused).isNotNull();
      assertThat(refused.seconds()).isBetween(3_530L, 3_541L);
      assertThat(errors())
          .extracting(event -> event.getDetails().get("reason"))
          .containsExactly("too_many_keys");
      assertThat(create(now.plusSeconds(3_600)).key().version()).isEqualTo(1);
    }

    @Test
    void areNoBoundForAdministrators() throws InvalidRequestException {
      madeAndRevoked(OwnerRoom.MOST_AN_HOUR, now.minusSeconds(60));
      managed(
          (manager, session, model) ->
              manager.create(
                  KeyRequests.USUAL,
                  new KeyOwner.Person(user(session, model, PERSON)),
                  Actors.administrator()));
    }
  }

  @Nested
  class ARefusal {

    @Test
    void leavesAnEventThoughTheRequestIsRolledBack() {
      ask("self-service-role");
      assertThatExceptionOfType(NotAllowedException.class).isThrownBy(() -> create(now));
      assertThat(errors())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getDetails())
                    .containsEntry("action", "create")
                    .containsEntry("reason", "not_allowed");
                assertThat(event.getUserId()).isNotNull();
              });
    }

    @Test
    void ofAnOldSignInIsItsOwnAnswer() {
      AccessKey key = rolling.key(good -> good);
      assertThatExceptionOfType(ForbiddenException.class)
          .isThrownBy(
              () ->
                  managed(
                      (manager, session, model) ->
                          manager.roll(
                              key,
                              RollRequests.USUAL,
                              new Actor.Owner(
                                  user(session, model, PERSON),
                                  (atMost, at) -> {
                                    throw new ForbiddenException();
                                  }))));
      assertThat(rolling.find(key.id())).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"edit", "roll", "suspend", "resume", "revoke", "remove"})
    void ofAnAdministratorIsKeycloaks(String verb) {
      AccessKey key = rolling.key(good -> good);
      Actor.Administrator administrator =
          new Actor.Administrator(Actors.admin("a"), new Denied(), new Actors.Untold());
      assertThatExceptionOfType(ForbiddenException.class)
          .isThrownBy(
              () ->
                  managed(
                      (manager, session, model) -> {
                        switch (verb) {
                          case "edit" -> manager.edit(key, null, administrator);
                          case "roll" -> manager.roll(key, RollRequests.USUAL, administrator);
                          case "suspend" -> manager.suspend(key, Optional.empty(), administrator);
                          case "resume" -> manager.resume(key, Optional.empty(), administrator);
                          case "revoke" ->
                              manager.revoke(
                                  key, Optional.empty(), Optional.empty(), administrator);
                          default -> manager.remove(key, Optional.empty(), administrator);
                        }
                        return true;
                      }));
      assertThat(rolling.find(key.id())).isEqualTo(key);
    }
  }

  /** Nothing is allowed. */
  private static final class Denied extends Actors.Allowed {
    @Override
    public void requireManage(AccessKey key) {
      throw new ForbiddenException();
    }

    @Override
    public void requireActingAs(AccessKey key) {
      throw new ForbiddenException();
    }
  }
}
