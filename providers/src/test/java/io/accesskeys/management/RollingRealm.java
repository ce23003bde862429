package io.accesskeys.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.accesskeys.SeededRandom;
import io.accesskeys.jobs.RollJob;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Limits;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.Validity;
import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.schedule.RollPlan;
import io.accesskeys.store.KeyLifecycle;
import io.accesskeys.store.KeyStore;
import jakarta.persistence.Query;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A realm whose keys are rolled, and what has come of it. */
public final class RollingRealm {

  public static final Duration DAY = Duration.ofDays(1);
  public static final SecureRandom RANDOM = new SeededRandom(SeededRandom.seed());

  private final SampleRealm realm = new SampleRealm();

  public RollingRealm() {
    realm.change((session, model) -> model.setEventsEnabled(true));
  }

  /** Keys as they are made, in a realm with the default policy. */
  public SampleRealm sample() {
    return realm;
  }

  public String id() {
    return realm.ask((session, model) -> model.getId());
  }

  public void policy(String name, String value) {
    realm.policy(Map.of(name, value));
  }

  /** A person's key, as stored. */
  public AccessKey key(UnaryOperator<AccessKey> changed) {
    return find(realm.key(KeyKind.PERSONAL_ACCESS_TOKEN, changed).id());
  }

  public AccessKey find(String id) {
    return realm.ask((session, model) -> store(session).find(model, id).orElseThrow());
  }

  /** What the policy makes of keys like this. */
  public Limits limits(AccessKey key) {
    return realm.ask((session, model) -> RealmPolicy.of(session, model).limits(key.kind()));
  }

  public AccessKey find(Stored key) {
    return find(key.id());
  }

  public void lifecycle(BiConsumer<KeyLifecycle, RealmModel> change) {
    realm.change((session, model) -> change.accept(store(session).lifecycle(), model));
  }

  /** A roll, as somebody asks for it. */
  @FunctionalInterface
  public interface Roll {
    IssuedKey in(KeycloakSession session, RealmModel realm)
        throws InvalidRequestException, KeyConflictException;
  }

  /** Rolls in a transaction that is committed, whatever comes out. */
  public IssuedKey roll(Roll roll) throws InvalidRequestException, KeyConflictException {
    Object outcome =
        realm.ask(
            (session, model) -> {
              try {
                return roll.in(session, model);
              } catch (InvalidRequestException | KeyConflictException e) {
                return e;
              }
            });
    if (outcome instanceof InvalidRequestException refused) {
      throw refused;
    }
    if (outcome instanceof KeyConflictException refused) {
      throw refused;
    }
    return (IssuedKey) outcome;
  }

  public IssuedKey roll(AccessKey key, RollRequest request, Instant at)
      throws InvalidRequestException, KeyConflictException {
    return roll(
        (session, in) ->
            new KeyRoller(session, RealmPolicy.of(session, in), RANDOM).roll(key, request, at));
  }

  /** Runs the job for this realm, and expects that it leaves nothing to the next run. */
  public void runJob() {
    Runnable failed =
        () -> {
          throw new AssertionError("A key was left to the next run");
        };
    new RollJob(LocalKeycloak.started(), RANDOM, failed).run(id());
  }

  /** The kinds of the notices about a key, in the order of the alphabet. */
  public List<String> told(AccessKey key) {
    return mails("select m.kind from AccessKeyMailEntity m where m.keyId = :key order by 1", key);
  }

  /** What the notice about a key says, of which there is one. */
  public JsonNode facts(AccessKey key) {
    List<String> all = mails("select m.facts from AccessKeyMailEntity m where m.keyId = :key", key);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " notices");
    }
    try {
      return new JsonMapper().readTree(all.get(0));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many notices there are about all keys. */
  public long notices() {
    return realm.ask(
        (session, model) ->
            (Long)
                query(
                        session,
                        "select count(m) from AccessKeyMailEntity m where m.realmId = :realm")
                    .setParameter("realm", model.getId())
                    .getSingleResult());
  }

  public void forgetNotices() {
    realm.change(
        (session, model) ->
            query(session, "delete from AccessKeyMailEntity m where m.realmId = :realm")
                .setParameter("realm", model.getId())
                .executeUpdate());
  }

  /** What events say was done to a key. */
  public List<String> events(AccessKey key) {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(model.getId())
                .getResultStream()
                .filter(event -> key.id().equals(event.getDetails().get("access_key_id")))
                .map(event -> event.getDetails().get("action"))
                .toList());
  }

  private List<String> mails(String statement, AccessKey key) {
    return realm.ask(
        (session, model) ->
            ((List<?>) query(session, statement).setParameter("key", key.id()).getResultList())
                .stream().map(String.class::cast).toList());
  }

  private static Query query(KeycloakSession session, String statement) {
    return session
        .getProvider(JpaConnectionProvider.class)
        .getEntityManager()
        .createQuery(statement);
  }

  private static KeyStore store(KeycloakSession session) {
    return session.getProvider(KeyStore.class);
  }

  /** As if the key had been made then, with its one secret, for a year. */
  public static AccessKey made(AccessKey key, Instant at) {
    KeySecret secret = key.current();
    return key.with(until(key, at, at.plus(DAY.multipliedBy(365))))
        .with(
            List.of(
                new KeySecret(
                    secret.number(),
                    secret.hash(),
                    secret.hint(),
                    at,
                    secret.retires(),
                    secret.lastUsed(),
                    secret.extended())));
  }

  /** The same key, which expires then. */
  public static AccessKey expiring(AccessKey key, Instant at) {
    return key.with(until(key, key.validity().created().at(), at));
  }

  /** The same key, which is refused before then. */
  public static AccessKey beginning(AccessKey key, Instant at) {
    Validity old = key.validity();
    return key.with(Validity.between(old.created(), Optional.of(at), old.expires()));
  }

  /** The same key, whose next roll is due then. */
  public static AccessKey due(AccessKey key, Instant at, Duration window, String delivery) {
    return key.scheduled(
        Optional.of(new RollSchedule(Optional.empty(), Optional.of(at), window, delivery)));
  }

  /** The same key, whose current secret was used then. */
  public static AccessKey used(AccessKey key, Instant at) {
    return key.with(
        key.secrets().stream()
            .map(secret -> secret.equals(key.current()) ? secret.used(at) : secret)
            .toList());
  }

  /** The same key after a roll. */
  public static AccessKey rolled(AccessKey key, Duration overlap, Instant at) {
    return RollPlan.roll(key, KeyText.generate(key.prefix(), key.id(), RANDOM), overlap, at);
  }

  private static Validity until(AccessKey key, Instant made, Instant end) {
    return Validity.between(
        new Validity.Creation(made, key.ownerId()), Optional.empty(), Optional.of(end));
  }
}
