package io.accesskeys.management;

import io.accesskeys.audit.Audit;
import io.accesskeys.audit.Denial;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.store.KeyStore;
import io.accesskeys.usage.UsageLog;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Authenticated;
import io.accesskeys.verification.Decision.Objection;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.PresentedKeys;
import io.accesskeys.verification.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What every entry point does about a key it lets in, and about one it does not. */
public final class UseRecorder {

  private UseRecorder() {}

  /**
   * Counts the use, in the metrics and for the key's owner. Writes nothing. For entry points where
   * nobody asks for scopes in particular.
   */
  public static void accepted(
      KeycloakSession session, String way, Accepted accepted, RequestFacts facts) {
    accepted(session, way, accepted, Set.of(), facts);
  }

  /**
   * The same.
   *
   * @param named the names of the scopes that the caller asked for; those that the key does not
   *     have are not looked at
   */
  public static void accepted(
      KeycloakSession session,
      String way,
      Accepted accepted,
      Set<String> named,
      RequestFacts facts) {
    count(session, way, accepted.key(), accepted.secret(), facts);
    report(session, way, accepted.reported());
    Set<String> ofKey =
        named.isEmpty()
            ? named
            : named.stream().filter(accepted.scopes()::contains).collect(Collectors.toSet());
    note(session, way, accepted.key(), accepted.secret(), ofKey, accepted.reported(), facts);
  }

  /** The same for a secret that has authenticated its client. */
  public static void accepted(
      KeycloakSession session, String way, Authenticated accepted, RequestFacts facts) {
    count(session, way, accepted.key(), accepted.secret(), facts);
    report(session, way, accepted.reported());
    note(session, way, accepted.key(), accepted.secret(), Set.of(), accepted.reported(), facts);
  }

  /**
   * Leaves an event of about as many accepted uses as the policy wants. For entry points of which
   * Keycloak leaves none.
   */
  public static void sample(
      KeycloakSession session, EventType type, String way, Accepted accepted) {
    int every = RealmPolicy.of(session, session.getContext().getRealm()).acceptedEventEvery();
    if (every == 0 || ThreadLocalRandom.current().nextInt(every) > 0) {
      return;
    }
    event(session, type)
        .client(accepted.apiClient())
        .user(accepted.owner())
        .detail("way", way)
        .detail(Audit.KEY_ID, accepted.key().id())
        .success();
  }

  /**
   * Raises the alarm if a retired secret was presented. Not for requests to roll: who repeats one
   * because the answer was lost has done nothing wrong.
   */
  public static void watch(KeycloakSession session, Refused refused, String presented) {
    if (refused.reason() == Reason.RETIRED_SECRET
        && session.getProvider(Audit.class).isFirst(refused.by("reuse"))) {
      Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
      String keyId = refused.keyId().orElseThrow();
      new PresentedKeys(session)
          .read(presented)
          .ifPresent(text -> ReuseAlarm.raise(session, text, keyId, now));
    }
  }

  /** Counts the refusal and leaves an event of this type. */
  public static void refused(KeycloakSession session, EventType type, Denial denial) {
    Optional<String> from = ClientAddress.of(session);
    session.getProvider(Audit.class).refused(denial, from, () -> event(session, type));
    note(session, denial, from);
  }

  /** Counts the refusal and leaves this event, which names the address that was looked at. */
  public static void refused(KeycloakSession session, EventBuilder event, Denial denial) {
    Optional<String> from = ClientAddress.of(session);
    event.ipAddress(from.orElse(null));
    session.getProvider(Audit.class).refused(denial, from, () -> event);
    note(session, denial, from);
  }

  /** An event of a request, which names the address that was looked at. */
  public static EventBuilder event(KeycloakSession session, EventType type) {
    RealmModel realm = session.getContext().getRealm();
    return ClientAddress.put(
        new EventBuilder(realm, session, session.getContext().getConnection()).event(type),
        session);
  }

  private static void report(KeycloakSession session, String way, List<Objection> reported) {
    for (Objection objection : reported) {
      session.getProvider(Audit.class).reported(way, objection.type());
    }
  }

  private static void note(
      KeycloakSession session,
      String way,
      AccessKey key,
      KeySecret secret,
      Set<String> named,
      List<Objection> reported,
      RequestFacts facts) {
    session
        .getProvider(UsageLog.class)
        .accepted(
            key,
            new UsageLog.Use(
                secret.number(),
                way,
                named,
                facts.clientAddress(),
                reported.isEmpty() ? List.of() : reported.stream().map(Objection::type).toList(),
                facts.at()));
  }

  /** Only of keys that there are: nobody fills the memory with ids they make up. */
  private static void note(KeycloakSession session, Denial denial, Optional<String> from) {
    if (denial.keyId().isEmpty() || !denial.ofKnownKey()) {
      return;
    }
    String realmId = session.getContext().getRealm().getId();
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    UsageLog log = session.getProvider(UsageLog.class);
    if (denial.ofHolder()) {
      log.refused(realmId, denial.keyId().get(), denial, from, now);
    } else if (denial.reason().equals(Reason.WRONG_SECRET.wireName())) {
      log.wrongSecret(realmId, denial.keyId().get(), now);
    }
  }

  private static void count(
      KeycloakSession session, String way, AccessKey key, KeySecret secret, RequestFacts facts) {
    session.getProvider(Audit.class).accepted(way);
    if (secret.hash().isLegacy()) {
      session.getProvider(Audit.class).acceptedLegacy(way);
    }
    session.getProvider(KeyStore.class).used(key, secret, facts.clientAddress(), facts.at());
  }
}
