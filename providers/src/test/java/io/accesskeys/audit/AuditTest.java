package io.accesskeys.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;

/** What is remembered of uses. */
final class AuditTest {

  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
  private static final String ADDRESS = "203.0.113.7";
  private static final Map<String, String> RESTRICTION = Map.of("restriction", "ip");

  private final SampleRealm realm = new SampleRealm();

  /** An entry point that no other test uses: counters are those of the JVM. */
  private final String way = "way-" + UUID.randomUUID();

  @BeforeAll
  static void count() {
    Metrics.addRegistry(METERS);
  }

  @AfterAll
  static void countNoMore() {
    Metrics.removeRegistry(METERS);
  }

  @BeforeEach
  void storeEvents() {
    realm.change(
        (session, model) -> {
          model.setEventsEnabled(true);
          model.setEnabledEventTypes(Set.of("INTROSPECT_TOKEN_ERROR"));
        });
  }

  private Denial known(String reason, String key) {
    return new Denial(way, reason, Optional.of(key), true, true, RESTRICTION);
  }

  private Denial madeUp(String key) {
    return new Denial(way, "unknown", Optional.of(key), false, false, Map.of());
  }

  private void refuse(Denial denial, String from) {
    refuse(realm, denial, Optional.of(from));
  }

  private static void refuse(SampleRealm in, Denial denial, Optional<String> from) {
    in.change(
        (session, model) ->
            session
                .getProvider(Audit.class)
                .refused(
                    denial,
                    from,
                    () ->
                        new EventBuilder(model, session, session.getContext().getConnection())
                            .event(EventType.INTROSPECT_TOKEN)));
  }

  private List<Event> events() {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(model.getId())
                .getResultStream()
                .toList());
  }

  private double counted(String outcome) {
    Counter counter =
        METERS.find("access.keys.verifications").tags("way", way, "outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void anAcceptedUseIsCountedAndLeavesNoEvent() {
    for (int i = 0; i < 3; i++) {
      realm.change((session, model) -> session.getProvider(Audit.class).accepted(way));
    }
    assertThat(counted("accepted")).isEqualTo(3);
    assertThat(events()).isEmpty();
  }

  @Nested
  class ARefusal {

    @Test
    void leavesAnErrorEventWithAllThatThereIsToSay() {
      refuse(known("restriction", "key-1"), ADDRESS);
      assertThat(events()).hasSize(1);
      Event event = events().get(0);
      assertThat(event.getType()).isEqualTo(EventType.INTROSPECT_TOKEN_ERROR);
      assertThat(event.getError()).isEqualTo("invalid_token");
      assertThat(event.getIpAddress()).isEqualTo(ADDRESS);
      assertThat(event.getDetails())
          .isEqualTo(
              Map.of(
                  "way", way,
                  "reason", "restriction",
                  "access_key_id", "key-1",
                  "restriction", "ip"));
    }

    @Test
    void ofWhatNamesNoKeyFromNobodyKnowsWhereSaysNeither() {
      refuse(
          realm,
          new Denial(way, "malformed", Optional.empty(), false, false, Map.of()),
          Optional.empty());
      assertThat(events().get(0).getIpAddress()).isNull();
      assertThat(events().get(0).getDetails()).isEqualTo(Map.of("way", way, "reason", "malformed"));
    }

    @Test
    void thatIsRepeatedIsCountedAndLeavesNoMore() {
      for (int i = 0; i < 30; i++) {
        refuse(known("expired", "key-1"), ADDRESS);
      }
      assertThat(events()).hasSize(1);
      assertThat(counted("expired")).isEqualTo(30);
    }

    @Test
    void thatDiffersLeavesAnEventOfItsOwn() {
      refuse(known("expired", "key-1"), ADDRESS);
      refuse(known("revoked", "key-1"), ADDRESS);
      refuse(known("expired", "key-2"), ADDRESS);
      refuse(known("expired", "key-1"), "203.0.113.8");
      refuse(realm, known("expired", "key-1"), Optional.empty());
      refuse(
          new Denial("elsewhere", "expired", Optional.of("key-1"), true, true, Map.of()), ADDRESS);
      assertThat(events()).hasSize(6);
    }

    @Test
    void thatDiffersInItsDetailsAloneIsTheSame() {
      refuse(known("expired", "key-1"), ADDRESS);
      refuse(new Denial(way, "expired", Optional.of("key-1"), true, true, Map.of()), ADDRESS);
      assertThat(events()).hasSize(1);
    }

    @Test
    void inAnotherRealmIsAnother() {
      refuse(new SampleRealm(), known("expired", "key-1"), Optional.of(ADDRESS));
      refuse(known("expired", "key-1"), ADDRESS);
      assertThat(events()).hasSize(1);
    }

    @Test
    void ofEveryKeyThatThereIsLeavesAnEvent() {
      IntStream.range(0, 25).forEach(i -> refuse(known("expired", "key-" + i), ADDRESS));
      assertThat(events()).hasSize(25);
    }
  }

  @Nested
  class IdsThatNoKeyHas {

    private void refuse(int from, int to, String address) {
      realm.change(
          (session, model) ->
              IntStream.range(from, to)
                  .forEach(
                      i ->
                          session
                              .getProvider(Audit.class)
                              .refused(
                                  madeUp("made-up-" + i),
                                  Optional.of(address),
                                  () ->
                                      new EventBuilder(
                                              model, session, session.getContext().getConnection())
                                          .event(EventType.INTROSPECT_TOKEN))));
    }

    @Test
    void leaveTwentyEventsTogether() {
      refuse(0, 20, ADDRESS);
      assertThat(events()).hasSize(20);
      refuse(20, 60, ADDRESS);
      assertThat(events()).hasSize(20);
      assertThat(counted("unknown")).isEqualTo(60);
    }

    @Test
    void doNotSilenceThoseFromElsewhereOrOfKeysThatThereAre() {
      refuse(0, 30, ADDRESS);
      refuse(0, 1, "203.0.113.8");
      AuditTest.this.refuse(known("unknown", "key-1"), ADDRESS);
      AuditTest.this.refuse(known("expired", "key-1"), ADDRESS);
      assertThat(events()).hasSize(23);
    }

    @Test
    void takeNoRoomIfTheyAreRepeated() {
      for (int i = 0; i < 30; i++) {
        refuse(0, 1, ADDRESS);
      }
      refuse(1, 40, ADDRESS);
      assertThat(events()).hasSize(20);
    }
  }

  @Test
  void theFirstDenialOfAKeyIsTheFirstWhereverItComesFrom() {
    assertThat(isFirst(known("reused", "key-1"))).isTrue();
    assertThat(isFirst(known("reused", "key-1"))).isFalse();
    assertThat(isFirst(known("reused", "key-2"))).isTrue();
    refuse(known("expired", "key-1"), ADDRESS);
    assertThat(isFirst(known("expired", "key-1"))).isTrue();
  }

  private boolean isFirst(Denial denial) {
    return realm.ask((session, model) -> session.getProvider(Audit.class).isFirst(denial));
  }

  @Test
  void anEventThatIsNotLeftIsNotEvenMade() {
    refuse(known("expired", "key-1"), ADDRESS);
    realm.change(
        (session, model) ->
            session
                .getProvider(Audit.class)
                .refused(
                    known("expired", "key-1"),
                    Optional.of(ADDRESS),
                    () -> {
                      throw new AssertionError("made in vain");
                    }));
    assertThat(counted("expired")).isEqualTo(2);
  }
}
