package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.model.LocalRequest;
import io.accesskeys.model.SampleFederation;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Authenticated;
import io.accesskeys.verification.Decision.BrokenRule;
import io.accesskeys.verification.Decision.Objection;
import io.accesskeys.verification.Decision.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;

/** On Keycloak's own models. Over HTTP, with caches and on two nodes, the ITs ask the same. */
final class VerifierTest {

  private static final KeyKind PAT = KeyKind.PERSONAL_ACCESS_TOKEN;

  /** Restrictions are conditions of the request: this one is from there. */
  private static final String ADDRESS = "203.0.113.7";

  private static final Objection OBJECTION = new Objection("ip", "address_not_allowed");

  private final SampleRealm realm = new SampleRealm();
  private final SeededRandom random = new SeededRandom(3);

  @ParameterizedTest
  @EnumSource(names = {"PERSONAL_ACCESS_TOKEN", "API_KEY"})
  void aGoodKeyIsAcceptedWithWhatItIsAndMay(KeyKind kind) {
    Stored key = realm.key(kind);
    String owner =
        realm.ask(
            (session, model) -> {
              Decision decision =
                  new Verifier(session).verify(text(key), facts(), Requirements.NONE);
              assertThat(decision).isInstanceOf(Accepted.class);
              Accepted accepted = (Accepted) decision;
              assertThat(accepted.key().id()).isEqualTo(key.id());
              assertThat(accepted.secret()).isEqualTo(accepted.key().current());
              assertThat(accepted.scopes()).containsExactlyInAnyOrder(READ, WRITE);
              assertThat(accepted.apiClient().getClientId()).isEqualTo(API);
              return accepted.owner().getUsername();
            });
    assertThat(owner).isEqualTo(kind == PAT ? PERSON : "service-account-robot");
  }

  /** No key is made under such a policy, but those that there are stay good. */
  @ParameterizedTest
  @CsvSource({
    "personal-access-token.max-lifetme, P5D",
    "max-token-lifespan, PT1H",
    "personal-access-token.enabled, 0"
  })
  void aGoodKeyIsAcceptedUnderAPolicyThatCannotBeRead(String setting, String value) {
    realm.policy(Map.of(setting, value));
    assertThat(verify(text(realm.key(PAT)))).isInstanceOf(Accepted.class);
  }

  @Nested
  class WhatIsPresented {

    private final Stored key = realm.key(PAT);

    @Test
    void isRefusedOverPlainHttpFromAfarWhateverItIs() {
      assertThat(overPlainHttp(text(key), ADDRESS))
          .isEqualTo(Refused.of(Reason.INSECURE_TRANSPORT, key.id()));
      assertThat(overPlainHttp("nonsense", ADDRESS))
          .isEqualTo(Refused.of(Reason.INSECURE_TRANSPORT));
    }

    @Test
    void mayComeOverPlainHttpFromTheSameMachine() {
      assertThat(overPlainHttp(text(key), "127.0.0.1")).isInstanceOf(Accepted.class);
    }

    @Test
    void isMalformedIfItIsNoKey() {
      assertThat(verify("nonsense")).isEqualTo(Refused.of(Reason.MALFORMED));
      assertThat(verify("")).isEqualTo(Refused.of(Reason.MALFORMED));
    }

    @Test
    void isUnknownIfNoKeyHasItsId() {
      KeyText other = KeyText.generate(key.text().prefix(), random);
      assertThat(verify(other.reveal())).isEqualTo(Refused.of(Reason.UNKNOWN, other.id()));
    }

    @Test
    void isUnknownUnderAnotherPrefix() {
      KeyText other = KeyText.generate("other", key.id(), random);
      assertThat(verify(other.reveal())).isEqualTo(Refused.of(Reason.UNKNOWN, key.id()));
    }

    @Test
    void isUnknownInAnotherRealm() {
      Decision decision =
          new SampleRealm()
              .ask(
                  (session, model) ->
                      new Verifier(session).verify(text(key), facts(), Requirements.NONE));
      assertThat(decision).isEqualTo(Refused.of(Reason.UNKNOWN, key.id()));
    }

    @Test
    void hasTheWrongSecretIfTheKeyNeverHadIt() {
      KeyText other = KeyText.generate(key.text().prefix(), key.id(), random);
      assertThat(verify(other.reveal())).isEqualTo(Refused.of(Reason.WRONG_SECRET, key.id()));
    }

    private Decision overPlainHttp(String presented, String address) {
      return realm.ask(
          (session, model) -> {
            LocalRequest.to("http://id.example/", address).enter(session);
            return new Verifier(session).verify(presented, facts(), Requirements.NONE);
          });
    }
  }

  @Nested
  class TheState {

    private final Instant past = Instant.now().minusSeconds(60);
    private final Instant future = past.plusSeconds(3_600);

    @Test
    void decides() {
      assertRefused(Reason.PENDING, v -> between(v, Optional.of(future), Optional.empty()));
      assertRefused(Reason.EXPIRED, v -> between(v, Optional.empty(), Optional.of(past)));
      assertRefused(
          Reason.SUSPENDED,
          v ->
              was(
                  v,
                  Optional.of(new Suspension(past, "x", ActorKind.OWNER)),
                  Optional.empty(),
                  Optional.empty()));
      assertRefused(
          Reason.EXPOSED, v -> was(v, Optional.empty(), Optional.of(past), Optional.empty()));
      assertRefused(
          Reason.REVOKED,
          v ->
              was(
                  v,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new Revocation(past, Optional.empty()))));
    }

    @Test
    void ofAnOldSecretDecidesToo() {
      Stored retired = rolled(past);
      assertThat(verify(text(retired))).isEqualTo(Refused.of(Reason.RETIRED_SECRET, retired.id()));
      assertThat(verify(text(rolled(future)))).isInstanceOf(Accepted.class);
    }

    @Test
    void ofTheKindComesFirstAndThatOfTheRealmLast() {
      Stored expired =
          realm.key(
              PAT, key -> key.with(between(key.validity(), Optional.empty(), Optional.of(past))));
      Stored good = realm.key(PAT);
      realm.change((session, model) -> model.setEnabled(false));
      assertThat(verify(text(expired))).isEqualTo(Refused.of(Reason.EXPIRED, expired.id()));
      assertThat(verify(text(good))).isEqualTo(Refused.of(Reason.REALM_DISABLED, good.id()));
      realm.policy(Map.of("personal-access-token.enabled", "false"));
      assertThat(verify(text(expired))).isEqualTo(Refused.of(Reason.KIND_DISABLED, expired.id()));
    }

    /** A key of which the former secret is what its holder has. */
    private Stored rolled(Instant retires) {
      return realm.key(
          PAT,
          key -> {
            KeyText next = KeyText.generate(key.prefix(), key.id(), random);
            return key.with(
                List.of(KeySecret.current(2, next, past), key.current().retiring(retires)));
          });
    }

    private void assertRefused(Reason reason, UnaryOperator<Validity> spoilt) {
      Stored key = realm.key(PAT, good -> good.with(spoilt.apply(good.validity())));
      assertThat(verify(text(key))).isEqualTo(Refused.of(reason, key.id()));
    }

    private static Validity between(
        Validity old, Optional<Instant> notBefore, Optional<Instant> expires) {
      return Validity.between(old.created(), notBefore, expires);
    }

    private static Validity was(
        Validity old,
        Optional<Suspension> suspended,
        Optional<Instant> exposed,
        Optional<Revocation> revoked) {
      return new Validity(
          old.created(),
          old.renewed(),
          old.notBefore(),
          old.expires(),
          suspended,
          exposed,
          revoked,
          old.removed());
    }
  }

  @Nested
  class TheOwner {

    @Test
    void mustBeThere() {
      Stored key = realm.key(PAT, good -> SampleRealm.of(good, "nobody"));
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.OWNER_MISSING, key.id()));
    }

    @Test
    void mustBeEnabled() {
      Stored key = realm.key(PAT);
      realm.change((session, model) -> user(session, model, PERSON).setEnabled(false));
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.OWNER_DISABLED, key.id()));
    }

    @Test
    void ofAnApiKeyMustBeAnEnabledClientWithAServiceAccount() {
      Stored key = realm.key(KeyKind.API_KEY);
      client(ROBOT, client -> client.setServiceAccountsEnabled(false));
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.OWNER_CLIENT_DISABLED, key.id()));
      client(ROBOT, client -> client.setServiceAccountsEnabled(true));
      assertThat(verify(text(key))).isInstanceOf(Accepted.class);
      client(ROBOT, client -> client.setEnabled(false));
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.OWNER_CLIENT_DISABLED, key.id()));
    }

    @Test
    void ofAClientSecretActsForNobody() {
      Stored key = realm.key(KeyKind.CLIENT_SECRET);
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.WRONG_KIND, key.id()));
    }

    @Test
    void whomNobodyCanAskForIsNotTrusted() {
      SampleFederation outside = new SampleFederation(realm);
      Stored key = realm.key(PAT, good -> SampleRealm.of(good, outside.idOf(PERSON)));
      outside.switchOff();
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.OWNER_UNREACHABLE, key.id()));
      assertThat(cannotReachOwnerOf(key.id())).isTrue();
    }

    @Test
    void isWithinReachIfTheyAreHereOrThereIsNoSuchKey() {
      assertThat(cannotReachOwnerOf(realm.key(PAT).id())).isFalse();
      assertThat(cannotReachOwnerOf("0123456789abcdef")).isFalse();
      assertThat(cannotReachOwnerOf("no id")).isFalse();
    }

    private boolean cannotReachOwnerOf(String id) {
      return realm.ask((session, model) -> new Verifier(session).cannotReachOwnerOf(id));
    }
  }

  @Nested
  class TheApiClient {

    private final Stored key = realm.key(PAT);

    @Test
    void mustBeThere() {
      Stored orphan =
          realm.key(
              PAT,
              good ->
                  good.with(
                      good.label(),
                      new Grant(
                          "nothing", Grant.Form.FINE_GRAINED, Set.of(), List.of(), List.of())));
      assertThat(verify(text(orphan)))
          .isEqualTo(Refused.of(Reason.API_CLIENT_MISSING, orphan.id()));
    }

    @Test
    void mustBeEnabled() {
      client(API, client -> client.setEnabled(false));
      assertThat(verify(text(key))).isEqualTo(Refused.of(Reason.API_CLIENT_DISABLED, key.id()));
    }

    @ParameterizedTest
    @EnumSource
    void mustKeepEveryRule(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm);
      assertBreaks(rule);
    }

    private void assertBreaks(ApiClientRule rule) {
      assertThat(verify(text(key)))
          .isEqualTo(
              new Refused(
                  Reason.API_CLIENT_RULE,
                  Optional.of(key.id()),
                  Optional.of(new BrokenRule(rule))));
    }
  }

  @Nested
  class TheRequest {

    @Test
    void mustMeetEveryRestriction() {
      assertThat(verify(text(restricted(KeyKind.API_KEY, ADDRESS)))).isInstanceOf(Accepted.class);
      Stored key = restricted(KeyKind.API_KEY, "198.51.100.1");
      assertThat(verify(text(key))).isEqualTo(objection(key));
    }

    @Test
    void isOnlyReportedByARestrictionThatOnlyReports() {
      Stored key = restricted(KeyKind.API_KEY, "198.51.100.1", Mode.REPORT);
      assertThat(((Accepted) verify(text(key))).reported()).containsExactly(OBJECTION);
      Stored met = restricted(KeyKind.API_KEY, ADDRESS, Mode.REPORT);
      assertThat(((Accepted) verify(text(met))).reported()).isEmpty();
    }

    @Test
    void mayOnlyDemandWhatTheKeyHas() {
      Stored key = realm.key(PAT);
      realm.change(
          (session, model) ->
              user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER)));
      assertThat(verify(text(key), Requirements.forAllOf(Set.of(READ))))
          .isInstanceOf(Accepted.class);
      assertThat(verify(text(key), Requirements.forAllOf(Set.of(WRITE))))
          .isEqualTo(Refused.of(Reason.INSUFFICIENT_SCOPE, key.id()));
    }
  }

  @Nested
  class AMintedToken {

    @Test
    void standsAsLongAsItsKeyAndSecret() {
      Stored key = realm.key(PAT);
      assertThat(verifyMinted(key.id(), 1)).isInstanceOf(Accepted.class);
      assertThat(verifyMinted(key.id(), 2)).isEqualTo(Refused.of(Reason.RETIRED_SECRET, key.id()));
      client(API, client -> client.setEnabled(false));
      assertThat(verifyMinted(key.id(), 1))
          .isEqualTo(Refused.of(Reason.API_CLIENT_DISABLED, key.id()));
    }

    @Test
    void ofNoKeyIsUnknownAndSaysNoId() {
      assertThat(verifyMinted("0123456789abcdef", 1)).isEqualTo(Refused.of(Reason.UNKNOWN));
      assertThat(verifyMinted("no id", 1)).isEqualTo(Refused.of(Reason.UNKNOWN));
    }

    private Decision verifyMinted(String id, int secret) {
      return realm.ask(
          (session, model) ->
              new Verifier(session).verifyMinted(id, secret, facts(), Requirements.NONE));
    }
  }

  @Nested
  class AClientSecret {

    private final Stored key = realm.key(KeyKind.CLIENT_SECRET);

    @Test
    void authenticatesItsClientAndNoOther() {
      assertThat(authenticate(key, ROBOT)).isInstanceOf(Authenticated.class);
      assertThat(authenticate(key, API)).isEqualTo(Refused.of(Reason.WRONG_CLIENT, key.id()));
    }

    @Test
    void mustBeAlive() {
      realm.policy(Map.of("client-secret.enabled", "false"));
      assertThat(authenticate(key, ROBOT)).isEqualTo(Refused.of(Reason.KIND_DISABLED, key.id()));
    }

    @Test
    void isTheOnlyKindThatAuthenticates() {
      Stored apiKey = realm.key(KeyKind.API_KEY);
      assertThat(authenticate(apiKey, ROBOT)).isEqualTo(Refused.of(Reason.WRONG_KIND, apiKey.id()));
    }

    @Test
    void needsAClientThatIsThereEnabledAndAuthenticatesBySecret() {
      client(ROBOT, client -> client.setClientAuthenticatorType("client-jwt"));
      assertThat(authenticate(key, ROBOT))
          .isEqualTo(Refused.of(Reason.WRONG_AUTHENTICATOR, key.id()));
      client(ROBOT, client -> client.setEnabled(false));
      assertThat(authenticate(key, ROBOT))
          .isEqualTo(Refused.of(Reason.OWNER_CLIENT_DISABLED, key.id()));
      Stored orphan = realm.key(KeyKind.CLIENT_SECRET, good -> SampleRealm.of(good, "nothing"));
      assertThat(authenticate(orphan, ROBOT))
          .isEqualTo(Refused.of(Reason.OWNER_MISSING, orphan.id()));
    }

    @Test
    void keepsItsRestrictions() {
      assertThat(authenticate(restricted(KeyKind.CLIENT_SECRET, ADDRESS), ROBOT))
          .isInstanceOf(Authenticated.class);
      Stored restricted = restricted(KeyKind.CLIENT_SECRET, "198.51.100.1");
      assertThat(authenticate(restricted, ROBOT)).isEqualTo(objection(restricted));
      Stored reporting = restricted(KeyKind.CLIENT_SECRET, "198.51.100.1", Mode.REPORT);
      assertThat(((Authenticated) authenticate(reporting, ROBOT)).reported())
          .containsExactly(OBJECTION);
    }

    private Decision authenticate(Stored secret, String clientId) {
      return realm.ask(
          (session, model) -> new Verifier(session).authenticate(text(secret), facts(), clientId));
    }
  }

  @Nested
  class AnExplanation {

    @Test
    void isTheDecisionOnTheCurrentSecret() {
      assertThat(explain(realm.key(PAT), Requirements.NONE)).isInstanceOf(Accepted.class);
      Stored key = realm.key(PAT);
      assertThat(explain(key, Requirements.forClient("another")))
          .isEqualTo(Refused.of(Reason.WRONG_CLIENT, key.id()));
    }

    @Test
    void ofAClientSecretIsThatOfItsClientsAuthentication() {
      Stored key = realm.key(KeyKind.CLIENT_SECRET);
      assertThat(explain(key, Requirements.forClient(ROBOT))).isInstanceOf(Authenticated.class);
      assertThat(explain(key, Requirements.NONE)).isInstanceOf(Authenticated.class);
      assertThat(explain(key, Requirements.forAllOf(Set.of(READ))))
          .isEqualTo(Refused.of(Reason.INSUFFICIENT_SCOPE, key.id()));
    }

    private Decision explain(Stored key, Requirements demand) {
      return realm.ask(
          (session, model) ->
              new Verifier(session)
                  .explain(SampleRealm.find(session, model, key.id()), facts(), demand));
    }
  }

  private Stored restricted(KeyKind kind, String address) {
    return restricted(kind, address, Mode.ENFORCE);
  }

  private Stored restricted(KeyKind kind, String address, Mode mode) {
    String json =
        "[{\"mode\":\"%s\",\"type\":\"ip\",\"allow\":[\"%s\"]}]"
            .formatted(mode.wireName(), address);
    List<Restriction> only = realm.ask((session, model) -> Restrictions.of(session).read(json));
    return realm.key(kind, key -> SampleRealm.restricted(key, only));
  }

  private static Refused objection(Stored key) {
    return new Refused(Reason.RESTRICTION, Optional.of(key.id()), Optional.of(OBJECTION));
  }

  private void client(String clientId, Consumer<ClientModel> change) {
    realm.change((session, model) -> change.accept(model.getClientByClientId(clientId)));
  }

  private Decision verify(String presented) {
    return verify(presented, Requirements.NONE);
  }

  private Decision verify(String presented, Requirements demand) {
    return realm.ask((session, model) -> new Verifier(session).verify(presented, facts(), demand));
  }

  private static String text(Stored key) {
    return key.text().reveal();
  }

  private static RequestFacts facts() {
    return new RequestFacts(
        Optional.of(ADDRESS), Optional.empty(), RequestHeaders.NONE, Instant.now());
  }
}
