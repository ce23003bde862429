package io.accesskeys.health;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicies;
import io.accesskeys.verification.ApiClientBreach;
import io.accesskeys.verification.ApiClientRule;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ModelException;
import org.keycloak.models.RequiredActionProviderModel;

/** What is wrong in a realm, since when, and who is told. */
final class RealmHealthTest {

  private static final Instant THEN = Instant.parse("2026-11-30T20:00:00Z");
  private static final Instant LATER = THEN.plus(Duration.ofHours(1));

  private final SampleRealm realm = new SampleRealm();

  /** A realm as it should be. */
  @BeforeEach
  void setUp() {
    realm.change(
        (session, model) -> {
          model.setEventsEnabled(true);
          model.setSmtpConfig(Map.of("host", "mail.example"));
          model.setAttribute("frontendUrl", "https://id.example");
        });
  }

  private List<Finding> findings() {
    return realm.ask(RealmHealth::findings);
  }

  private List<FindingKind> kinds() {
    return findings().stream().map(Finding::kind).toList();
  }

  private void client(String clientId, Consumer<ClientModel> work) {
    realm.change((session, model) -> work.accept(model.getClientByClientId(clientId)));
  }

  @Test
  void nothingIsWrongInARealmThatIsAsItShouldBe() {
    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPTED_IN")
  void everyRuleThatAnApiClientBreaksIsAFinding(ApiClientRule rule) {
    ApiClientBreach.of(rule, realm);
    Finding finding =
        findings().stream()
            .filter(one -> one.kind() == FindingKind.API_CLIENT_BROKEN)
            .findFirst()
            .orElseThrow();
    assertThat(finding.subject().get(1)).isEqualTo(rule.wireName());
    assertThat(finding.where()).isEqualTo("client " + API);
    assertThat(finding.what()).startsWith(rule.wireName() + ": ");
    assertThat(finding.next()).isNotEmpty();
  }

  @Test
  void whoDisablesAClientOrOptsOutMeansTo() {
    client(API, client -> client.setEnabled(false));
    assertThat(kinds()).isEmpty();
    client(API, client -> client.removeAttribute("access-keys.enabled"));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void aScopeThatNobodyCanHaveIsClosedAndOneThatEverybodyHasIsOpen() {
    realm.change(
        (session, model) -> {
          ClientModel api = model.getClientByClientId(API);
          api.getClientScopes(false).get(READ).removeAttribute("access-keys.open");
          model.setDefaultRole(model.addRole("default-roles"));
          model.getDefaultRole().addCompositeRole(model.getRole(WRITER));
        });
    assertThat(findings())
        .extracting(Finding::kind, finding -> finding.subject().get(1))
        .containsExactlyInAnyOrder(
            tuple(FindingKind.SCOPE_CLOSED, READ), tuple(FindingKind.SCOPE_OPEN, WRITE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${WORKER_SECRET:billing}", "${WORKER_SECRET}", "${env.X}", "${"})
  void aSecretThatIsAPlaceholderIsFoundAndNotShown(String secret) {
    client(ROBOT, client -> client.setSecret(secret));
    assertThat(kinds()).containsExactly(FindingKind.SECRET_PLACEHOLDER);
    assertThat(findings().get(0).where()).isEqualTo("client " + ROBOT);
    assertThat(findings().toString()).doesNotContain("WORKER_SECRET", "billing", "env.X");
    client(ROBOT, client -> client.setPublicClient(true));
    assertThat(kinds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"${vault.worker}", "s3cret", "$x", "a${b}"})
  void aSecretOutOfTheVaultIsNone(String secret) {
    client(ROBOT, client -> client.setSecret(secret));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void settingsThatCannotBeReadAreFound() {
    realm.policy(Map.of("max-overlap", "a week"));
    assertThat(findings()).hasSize(1);
    assertThat(findings().get(0).kind()).isEqualTo(FindingKind.POLICY_UNREADABLE);
    assertThat(findings().get(0).where()).isEqualTo("setting max-overlap");
  }

  @Test
  void settingsThatTheActionDoesNotShowAreFound() {
    realm.policy(Map.of("max-overlap", "P1D"));
    realm.change((session, model) -> session.getProvider(RealmPolicies.class).remember(model));
    realm.change(
        (session, model) -> {
          RequiredActionProviderModel action =
              model.getRequiredActionProviderByAlias("create-access-key");
          action.setConfig(new HashMap<>());
          model.updateRequiredActionProvider(action);
        });
    assertThat(findings())
        .extracting(Finding::kind, Finding::where)
        .containsExactly(tuple(FindingKind.POLICY_DIFFERS, "setting max-overlap"));
  }

  @Test
  void mailsNeedAServerAndLinksAFixedAddress() {
    realm.change((session, model) -> model.removeAttribute("frontendUrl"));
    assertThat(kinds()).containsExactly(FindingKind.NO_FIXED_HOSTNAME);
    realm.change((session, model) -> model.setSmtpConfig(Map.of()));
    assertThat(kinds()).containsExactly(FindingKind.NO_SMTP);
    client(API, client -> client.removeAttribute("access-keys.enabled"));
    assertThat(kinds()).as("nobody uses keys here").isEmpty();
  }

  /** What the hourly job makes of it. */
  @Nested
  class Noted {

    @BeforeEach
    void nameAContact() {
      client(API, client -> client.setAttribute("access-keys.contacts", "api@acme.example"));
    }

    private List<Finding> look(Instant now) {
      return LocalKeycloak.started()
          .ask(
              session ->
                  HealthReport.of(
                      session.getKeycloakSessionFactory(), realm.ask((s, m) -> m.getId()), now))
          .orElseThrow()
          .findings();
    }

    private Optional<Instant> since(Finding finding) {
      return realm.ask(
          (session, model) ->
              Optional.ofNullable(
                  new KnownFindings(session).since(model.getId()).get(finding.id(model.getId()))));
    }

    private List<String> mails() {
      return realm.ask(
          (session, model) ->
              session
                  .getProvider(JpaConnectionProvider.class)
                  .getEntityManager()
                  .createQuery(
                      "select concat(m.kind, ' ', m.recipient, ' ', m.facts)"
                          + " from AccessKeyMailEntity m where m.realmId = :realm order by"
                          + " m.createdAt",
                      String.class)
                  .setParameter("realm", model.getId())
                  .getResultList());
    }

    private List<String> events() {
      return realm.ask(
          (session, model) ->
              session
                  .getProvider(EventStoreProvider.class)
                  .createQuery()
                  .realm(model.getId())
                  .type(EventType.CLIENT_UPDATE_ERROR)
                  .getResultStream()
                  .map(
                      event ->
                          event.getClientId() + " " + event.getDetails().get("api_client_rule"))
                  .toList());
    }

    @Test
    void aBreakIsToldOnceAndAgainOnlyIfItComesBack() {
      assertThat(look(THEN)).isEmpty();
      client(API, client -> client.setFullScopeAllowed(true));
      Finding broken = findings().get(0);
      assertThat(since(broken)).as("to look writes nothing").isEmpty();

      assertThat(look(THEN)).containsExactly(broken);
      assertThat(look(LATER)).containsExactly(broken);

      assertThat(since(broken)).hasValue(THEN);
      assertThat(mails())
          .singleElement()
          .asString()
          .startsWith("api_client_broken mailto:api@acme.example")
          .contains(API, "no_full_scope", "PUT …/access-keys/apis/" + API);
      assertThat(events()).containsExactly(API + " no_full_scope");

      client(API, client -> client.setFullScopeAllowed(false));
      assertThat(look(LATER)).isEmpty();
      assertThat(since(broken)).isEmpty();
      assertThat(mails()).as("nobody is told that it is mended").hasSize(1);

      client(API, client -> client.setFullScopeAllowed(true));
      assertThat(look(LATER)).containsExactly(broken);
      assertThat(since(broken)).hasValue(LATER);
      assertThat(mails()).hasSize(2);
    }

    @Test
    void severalRulesThatBreakAtOnceAreOneMail() {
      client(
          API,
          client -> {
            client.setFullScopeAllowed(true);
            client.removeAttribute("use.refresh.tokens");
          });
      assertThat(look(THEN)).hasSize(2);
      assertThat(mails()).singleElement().asString().contains("no_full_scope", "no_refresh_tokens");
      assertThat(events()).hasSize(2);
    }

    /** The one that is late fails, as {@code EachRealm} expects it, or finds it told. */
    @Test
    void ofTwoNodesThatLookAtOnceOneTells() {
      client(API, client -> client.setFullScopeAllowed(true));
      CyclicBarrier together = new CyclicBarrier(2);
      Stream.of(THEN, LATER)
          .map(now -> CompletableFuture.runAsync(() -> lookAsANode(together, now)))
          .toList()
          .forEach(CompletableFuture::join);
      assertThat(mails()).hasSize(1);
      assertThat(events()).hasSize(1);
    }

    private void lookAsANode(CyclicBarrier together, Instant now) {
      try {
        together.await();
        look(now);
      } catch (PersistenceException | ModelException e) {
        // It was told by the other.
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }

    @Test
    void otherFindingsAreNotedAndMailedToNobody() {
      client(ROBOT, client -> client.setSecret("${SECRET:x}"));
      Finding placeholder = look(THEN).get(0);
      assertThat(since(placeholder)).hasValue(THEN);
      assertThat(mails()).isEmpty();
    }

    @Test
    void whatWasNotedOfARealmGoesWithIt() {
      client(API, client -> client.setFullScopeAllowed(true));
      look(THEN);
      String id = realm.ask((session, model) -> model.getId());
      realm.change((session, model) -> session.realms().removeRealm(id));
      LocalKeycloak.started()
          .change(
              session -> {
                HealthReport.forgetRealmsThatAreGone(session);
                assertThat(new KnownFindings(session).since(id)).isEmpty();
              });
    }
  }
}
