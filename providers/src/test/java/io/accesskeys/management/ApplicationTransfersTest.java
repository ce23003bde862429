package io.accesskeys.management;

import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.ApplicationTransfers.Offer;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** How an application goes from one registrant to another. */
final class ApplicationTransfersTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final String TAKER = "dora";

  private final RollingRealm rolling = new RollingRealm();
  private final SampleRealm realm = rolling.sample();

  private String id;

  @BeforeEach
  void registerAnApplication() {
    realm.policy(Map.of("applications-per-person", "2", "application-role", WRITER));
    realm.change(
        (session, model) -> {
          model.setDefaultRole(model.addRole("default-roles"));
          session.users().addUser(model, null, TAKER, true, true).setEnabled(true);
          user(session, model, TAKER).grantRole(model.getRole(WRITER));
          session.users().addUser(model, null, "bob", true, true).setEnabled(true);
        });
    id = register(PERSON);
  }

  private String register(String person) {
    return realm.ask(
        (session, model) -> {
          try {
            return new Applications(session, model)
                .register(
                    user(session, model, person), "worker", RealmPolicy.of(session, model), NOW)
                .getId();
          } catch (InvalidRequestException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static ApplicationTransfers transfers(
      KeycloakSession session, RealmModel model, Instant at) {
    return new ApplicationTransfers(session, RealmPolicy.of(session, model), at);
  }

  private Optional<InvalidRequestException> offer(String to) {
    return realm.ask(
        (session, model) -> {
          try {
            transfers(session, model, NOW)
                .offer(model.getClientById(id), user(session, model, PERSON), to);
            return Optional.empty();
          } catch (InvalidRequestException e) {
            return Optional.of(e);
          }
        });
  }

  private List<String> offered(String to, Instant at) {
    return realm.ask(
        (session, model) ->
            transfers(session, model, at)
                .offeredTo(user(session, model, to))
                .map(Offer::application)
                .map(ClientModel::getId)
                .toList());
  }

  private Optional<InvalidRequestException> accept() {
    return realm.ask(
        (session, model) -> {
          ApplicationTransfers transfers = transfers(session, model, NOW);
          Offer offer = transfers.offeredTo(user(session, model, TAKER)).findFirst().orElseThrow();
          try {
            transfers.accept(
                offer, Actors.registrant(user(session, model, TAKER), offer.application()));
            return Optional.empty();
          } catch (InvalidRequestException e) {
            return Optional.of(e);
          }
        });
  }

  private List<String> of(String person) {
    return realm.ask(
        (session, model) ->
            new Applications(session, model)
                .of(user(session, model, person))
                .map(ClientModel::getId)
                .toList());
  }

  private AccessKey key(Optional<ActorKind> suspendedBy) {
    String account =
        realm.ask(
            (session, model) -> session.users().getServiceAccount(model.getClientById(id)).getId());
    return rolling.find(
        realm.key(
            KeyKind.API_KEY,
            good -> {
              AccessKey key = SampleRealm.of(good, account);
              return suspendedBy
                  .map(by -> key.with(key.validity().suspended(new Suspension(NOW, "x", by))))
                  .orElse(key);
            }));
  }

  private Optional<ActorKind> suspender(AccessKey key) {
    return rolling.find(key.id()).validity().suspended().map(Suspension::kind);
  }

  @Test
  void anOfferChangesNothingUntilItIsAccepted() {
    AccessKey key = key(Optional.empty());
    assertThat(offer(TAKER)).isEmpty();
    assertThat(of(PERSON)).containsExactly(id);
    assertThat(of(TAKER)).isEmpty();
    assertThat(rolling.find(key.id())).isEqualTo(key);
    assertThat(offered(TAKER, NOW)).containsExactly(id);
    assertThat(offered("bob", NOW)).isEmpty();
  }

  @Test
  void anAcceptedApplicationIsTheTakersAndItsKeysAreSuspended() {
    AccessKey key = key(Optional.empty());
    offer(TAKER);
    assertThat(accept()).isEmpty();
    assertThat(of(PERSON)).isEmpty();
    assertThat(of(TAKER)).containsExactly(id);
    assertThat(suspender(key)).contains(ActorKind.TRANSFER);
    assertThat(rolling.events(key)).containsExactly("suspend-transferred");
    assertThat(offered(TAKER, NOW)).isEmpty();
  }

  /** The former registrant could have suspended it for the next to resume. */
  @ParameterizedTest
  @EnumSource(names = {"REGISTRANT", "ALARM"})
  void aKeyThatWasSuspendedBeforeNeedsANewSecretToo(ActorKind by) {
    AccessKey key = key(Optional.of(by));
    offer(TAKER);
    accept();
    assertThat(suspender(key)).contains(ActorKind.TRANSFER);
  }

  @Test
  void whatAnAdministratorHasSuspendedStaysTheirs() {
    AccessKey key = key(Optional.of(ActorKind.ADMINISTRATOR));
    offer(TAKER);
    accept();
    assertThat(suspender(key)).contains(ActorKind.ADMINISTRATOR);
  }

  @Test
  void theTakersLimitHoldsWhenTheyAccept() {
    offer(TAKER);
    register(TAKER);
    register(TAKER);
    assertThat(accept().orElseThrow()).hasMessage("Nobody may have more than 2 applications");
    assertThat(of(PERSON)).containsExactly(id);
  }

  @Test
  void anOfferStandsForAWeek() {
    offer(TAKER);
    assertThat(offered(TAKER, NOW.plus(ApplicationTransfers.STANDS).minusMillis(1))).hasSize(1);
    assertThat(offered(TAKER, NOW.plus(ApplicationTransfers.STANDS))).isEmpty();
  }

  @Test
  void anOfferCanBeTakenBack() {
    offer(TAKER);
    realm.change(
        (session, model) -> transfers(session, model, NOW).withdraw(model.getClientById(id)));
    assertThat(offered(TAKER, NOW)).isEmpty();
  }

  @Test
  void nobodyLearnsWhoHasAnAccount() {
    assertThat(offer("nobody").orElseThrow()).hasMessage(offer("bob").orElseThrow().getMessage());
    assertThat(offer(PERSON).orElseThrow()).hasMessageStartingWith("is you");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(
            () -> {
              throw offer("a\u0000b").orElseThrow();
            })
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("to"));
  }
}
