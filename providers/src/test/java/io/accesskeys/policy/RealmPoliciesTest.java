package io.accesskeys.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.store.DurableEntities;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** How the row of a realm's policy comes, holds and goes. */
final class RealmPoliciesTest {

  private static final String MAX = "api-key.max-lifetime";

  private final SampleRealm realm = new SampleRealm();

  private void remember() {
    realm.change((session, in) -> policies(session).remember(in));
  }

  private static RealmPolicies policies(KeycloakSession session) {
    return session.getProvider(RealmPolicies.class);
  }

  private Duration longest() {
    return realm.ask(RealmPoliciesTest::longest);
  }

  private static Duration longest(KeycloakSession session, RealmModel realm) {
    return RealmPolicy.of(session, realm).of(KeyKind.API_KEY).maxLifetime().orElseThrow();
  }

  private Map<String, String> invalid() {
    return realm.ask((session, in) -> RealmPolicy.of(session, in).invalid());
  }

  private static void store(KeycloakSession session, RealmModel realm, String longest) {
    PolicyEditor editor = PolicyEditor.locked(session, realm);
    try {
      editor.store(editor.replace(Map.of(MAX, Optional.of(longest))));
    } catch (InvalidPolicyException e) {
      throw new AssertionError(e);
    }
  }

  private void removeAction() {
    realm.change(
        (session, in) ->
            in.removeRequiredActionProvider(
                in.getRequiredActionProviderByAlias(RealmPolicy.ACTION)));
  }

  private void emptyConfig() {
    realm.change(
        (session, in) -> {
          RequiredActionProviderModel action =
              in.getRequiredActionProviderByAlias(RealmPolicy.ACTION);
          action.setConfig(new HashMap<>());
          in.updateRequiredActionProvider(action);
        });
  }

  @Test
  void whatWasRememberedHoldsWhenTheConfigIsEmptied() {
    assertThat(longest()).isEqualTo(Duration.ofDays(365));
    realm.policy(Map.of(MAX, "P3D"));
    assertThat(longest()).isEqualTo(Duration.ofDays(3));
    remember();
    emptyConfig();
    assertThat(longest()).isEqualTo(Duration.ofDays(3));
    remember();
    assertThat(longest()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void aRequestGoesByThePolicyThatItHasReadFirst() {
    realm.change(
        (session, in) -> {
          assertThat(longest(session, in)).isEqualTo(Duration.ofDays(365));
          realm.policy(Map.of(MAX, "P3D"));
          assertThat(longest(session, in)).isEqualTo(Duration.ofDays(365));
        });
    assertThat(longest()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void whoChangesThePolicySeesTheChange() {
    realm.change(
        (session, in) -> {
          assertThat(longest(session, in)).isEqualTo(Duration.ofDays(365));
          store(session, in, "P7D");
          assertThat(longest(session, in)).isEqualTo(Duration.ofDays(7));
        });
  }

  @Test
  void whatWasRememberedHoldsWhenTheActionIsRemoved() {
    realm.policy(Map.of(MAX, "P3D"));
    remember();
    removeAction();
    realm.change((session, in) -> policies(session).adopt(in));
    assertThat(longest()).isEqualTo(Duration.ofDays(3));
    assertThat(realm.<Boolean>ask((session, in) -> policies(session).state(in).actionRegistered()))
        .isFalse();
  }

  @Test
  void aRowThatCannotBeReadMakesNoKeysUntilItIsWrittenAnew() {
    realm.policy(Map.of(MAX, "P3D"));
    remember();
    // Nobody has asked yet: what was read before would hold for a while.
    realm.change(
        (session, in) -> {
          DurableEntities.of(session)
              .createQuery(
                  "update AccessKeyPolicyEntity p set p.settings = '{' where p.realmId = :id")
              .setParameter("id", in.getId())
              .executeUpdate();
        });
    assertThat(invalid()).containsOnlyKeys("stored-policy");
    realm.change(
        (session, in) -> {
          store(session, in, "P7D");
        });
    assertThat(invalid()).isEmpty();
    assertThat(longest()).isEqualTo(Duration.ofDays(7));
  }

  /** Removing a realm takes more of Keycloak than there is here: what follows from it is enough. */
  @Test
  void theRowGoesWithItsRealm() {
    String id = UUID.randomUUID().toString();
    RealmModel gone = Partial.of(RealmModel.class, (method, arguments) -> Optional.of(id));
    LocalKeycloak.started()
        .change(session -> policies(session).write(gone, new StoredPolicy(Map.of(), true)));
    LocalKeycloak.started().change(session -> policies(session).forgetUnlessPutBack(gone));
    assertThat(LocalKeycloak.started().<Boolean>ask(session -> new PolicyRows(session).has(id)))
        .isFalse();
  }

  /** As {@code kc.sh import --override} does, whose file need not name the required action. */
  @Test
  void theRowStaysIfTheRealmIsPutBackInTheSameTransaction() {
    realm.policy(Map.of(MAX, "P3D"));
    remember();
    removeAction();
    realm.change((session, in) -> policies(session).forgetUnlessPutBack(in));
    assertThat(longest()).isEqualTo(Duration.ofDays(3));
  }
}
