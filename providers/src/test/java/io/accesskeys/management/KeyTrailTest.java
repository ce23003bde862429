package io.accesskeys.management;

import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.history.Act;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.notice.NoticeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;

/** What is left and told of changes of keys. */
final class KeyTrailTest {

  private final SampleRealm realm = new SampleRealm();

  @BeforeEach
  void storeEvents() {
    realm.change((session, model) -> model.setEventsEnabled(true));
  }

  private AccessKey key(KeyKind kind) {
    String id = realm.key(kind).id();
    return realm.ask((session, model) -> SampleRealm.find(session, model, id));
  }

  private void tell(BiConsumer<KeyTrail, Actor> change) {
    realm.change(
        (session, model) ->
            change.accept(
                new KeyTrail(session, Instant.now()),
                Actors.owner(user(session, model, "service-account-robot"))));
  }

  private Event event() {
    List<Event> events =
        realm.ask(
            (session, model) ->
                session
                    .getProvider(EventStoreProvider.class)
                    .createQuery()
                    .realm(model.getId())
                    .getResultStream()
                    .toList());
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  /** Mails that wait for their sending, by kind and recipient. */
  private List<String> mails(AccessKey key) {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                    "select concat(m.kind, ' to ', m.recipient) from AccessKeyMailEntity m"
                        + " where m.keyId = :key order by 1",
                    String.class)
                .setParameter("key", key.id())
                .getResultList());
  }

  private String id(String username) {
    return realm.ask((session, model) -> user(session, model, username).getId());
  }

  @ParameterizedTest
  @EnumSource
  void anEventSaysWhichKeyAndNoSecret(KeyKind kind) {
    AccessKey key = key(kind);
    tell((trail, actor) -> trail.edited(key, key, actor));
    assertThat(event().getDetails())
        .isEqualTo(
            Map.of(
                "credential_type", kind.wireName(),
                "credential_id", key.id(),
                "credential_user_label", "ci",
                "access_key_id", key.id(),
                "action", "edit"));
    assertThat(event().getIpAddress()).isEqualTo("203.0.113.7");
    assertThat(mails(key)).isEmpty();
  }

  @Nested
  class OfAPersonsKey {

    private final AccessKey key = key(KeyKind.PERSONAL_ACCESS_TOKEN);
    private final String owner = id(PERSON);
    private final String actor = id("service-account-robot");

    private void assertLeft(EventType type, String action, String user) {
      assertThat(event().getType()).isEqualTo(type);
      assertThat(event().getDetails()).containsEntry("action", action);
      assertThat(event().getUserId()).isEqualTo(user);
    }

    private void assertTold(String... kinds) {
      assertThat(mails(key))
          .containsExactlyElementsOf(
              List.of(kinds).stream().map(kind -> kind + " to user:" + owner).toList());
    }

    @Test
    void theCreationIsLeftAndTold() {
      tell((trail, actor) -> trail.created(key, actor));
      assertLeft(EventType.UPDATE_CREDENTIAL, "create", actor);
      assertTold("created");
    }

    @Test
    void aChangeIsLeft() {
      tell((trail, actor) -> trail.switched(Act.SUSPEND, key, key, actor));
      assertLeft(EventType.UPDATE_CREDENTIAL, "suspend", actor);
      assertTold();
    }

    @Test
    void aRollIsLeftAndTold() {
      tell((trail, actor) -> trail.rolled(key, key, actor));
      assertLeft(EventType.UPDATE_CREDENTIAL, "roll", actor);
      assertTold("rolled");
    }

    @Test
    void aRollByTheKeyItselfIsItsOwners() {
      tell((trail, actor) -> trail.rolled(key, key, new Actor.Holder(key.current())));
      assertLeft(EventType.UPDATE_CREDENTIAL, "self-roll", owner);
      assertTold("rolled");
    }

    @Test
    void aRollByTheScheduleIsItsOwners() {
      tell((trail, actor) -> trail.rolled(key, key, new Actor.Schedule()));
      assertLeft(EventType.UPDATE_CREDENTIAL, "scheduled-roll", owner);
      assertTold("rolled");
    }

    @Test
    void aSuspensionForReuseIsLeftAndToldByWhoeverNoticedIt() {
      tell((trail, actor) -> trail.switched(Act.SUSPEND_REUSED, key, key, new Actor.Alarm()));
      assertLeft(EventType.UPDATE_CREDENTIAL, "suspend-reused", owner);
      assertTold();
    }

    @Test
    void aRevocationIsLeftAndTold() {
      tell((trail, actor) -> trail.revoked(key, key, actor));
      assertLeft(EventType.REMOVE_CREDENTIAL, "revoke", actor);
      assertTold("revoked");
    }

    @Test
    void aRevocationByWhoeverHoldsItIsItsOwners() {
      tell((trail, actor) -> trail.revoked(key, key, new Actor.Holder(key.current())));
      assertLeft(EventType.REMOVE_CREDENTIAL, "revoke", owner);
      assertTold("revoked");
    }

    @ParameterizedTest
    @EnumSource(names = {"UPDATE_CREDENTIAL", "REMOVE_CREDENTIAL"})
    void anExposureIsLeftAndTold(EventType type) {
      tell((trail, actor) -> trail.exposed(type, key, key));
      assertLeft(type, "exposed", owner);
      assertTold("exposed");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATED", "REVOKED"})
  void ofManyAlikeOneMailStandsForTheRest(NoticeKind kind) {
    List<AccessKey> keys = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      keys.add(key(KeyKind.PERSONAL_ACCESS_TOKEN));
    }
    for (AccessKey key : keys) {
      tell(
          (trail, actor) -> {
            if (kind == NoticeKind.CREATED) {
              trail.created(key, actor);
            } else {
              trail.revoked(key, key, actor);
            }
          });
    }
    String word = kind.name().toLowerCase(Locale.ROOT);
    List<String> told = kinds();
    assertThat(told).filteredOn(word::equals).hasSize(10);
    assertThat(told).filteredOn((word + "_many")::equals).hasSizeBetween(1, 2);
  }

  /** Of all mails that wait in this realm. */
  private List<String> kinds() {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                    "select m.kind from AccessKeyMailEntity m where m.realmId = :realm",
                    String.class)
                .setParameter("realm", model.getId())
                .getResultList());
  }

  @Test
  void aClientSecretActsAsNoUser() {
    AccessKey secret = key(KeyKind.CLIENT_SECRET);
    tell((trail, actor) -> trail.revoked(secret, secret, new Actor.Holder(secret.current())));
    assertThat(event().getUserId()).isNull();
  }

  @Test
  void aServiceAccountIsTheUserOfItsKeys() {
    AccessKey key = key(KeyKind.API_KEY);
    tell((trail, actor) -> trail.revoked(key, key, new Actor.Holder(key.current())));
    assertThat(event().getUserId()).isEqualTo(id("service-account-robot"));
  }

  @ParameterizedTest
  @EnumSource(names = {"API_KEY", "CLIENT_SECRET"})
  void ofAClientsKeyItsContactsAndRegistrantsAreTold(KeyKind kind) {
    AccessKey key = key(kind);
    realm.change(
        (session, model) -> {
          var robot = model.getClientByClientId(ROBOT);
          robot.setAttribute("access-keys.contacts", "ops@acme.example, nobody ## b@acme.example");
          robot.setAttribute("access-keys.owners", "dora##dave");
        });
    tell((trail, actor) -> trail.revoked(key, key, new Actor.Holder(key.current())));
    assertThat(mails(key))
        .containsExactly(
            "revoked to mailto:b@acme.example",
            "revoked to mailto:ops@acme.example",
            "revoked to user:dave",
            "revoked to user:dora");
  }
}
