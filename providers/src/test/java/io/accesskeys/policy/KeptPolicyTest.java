package io.accesskeys.policy;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.Partial;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** What holds where the config of the required action says nothing, or nothing readable. */
final class KeptPolicyTest {

  private static final String MAX = "api-key.max-lifetime";
  private static final String DEFAULT = "api-key.default-lifetime";

  private static KindPolicy apiKeys(Map<String, String> config, Map<String, String> kept) {
    return policy(config, kept).of(KeyKind.API_KEY);
  }

  private static RealmPolicy policy(Map<String, String> config, Map<String, String> kept) {
    return RealmPolicy.of(new PolicySources(config, kept));
  }

  @Nested
  class ASetting {

    @ParameterizedTest
    @CsvSource(
        nullValues = "-",
        textBlock =
            """
            # config, kept,  days, readable
            P3D,      P9D,   3,    true
            -,        P9D,   9,    true
            P3D,      -,     3,    true
            -,        -,     365,  true
            default,  P9D,   365,  true
            P9OD,     P9D,   9,    false
            P9OD,     -,     365,  false
            -,        P9OD,  365,  false
            P3D,      P9OD,  3,    true
            default,  P9OD,  365,  true
            """)
    void isTheConfigsOrElseTheKeptOneOrElseTheDefault(
        String config, String kept, int days, boolean readable) {
      RealmPolicy policy = policy(of(MAX, config), of(MAX, kept));
      assertThat(policy.of(KeyKind.API_KEY).maxLifetime()).hasValue(Duration.ofDays(days));
      assertThat(policy.invalid().containsKey(MAX)).isEqualTo(!readable);
    }

    private static Map<String, String> of(String name, String value) {
      // Keycloak has null where a field was cleared.
      Map<String, String> one = new HashMap<>();
      one.put(name, value);
      return one;
    }

    @Test
    void thatWasGoodUnderALongerMaximumIsShortened() {
      KindPolicy rules = apiKeys(Map.of(MAX, "P3D"), Map.of(DEFAULT, "P20D"));
      assertThat(rules.defaultLifetime()).isEqualTo(Duration.ofDays(3));
      assertThat(policy(Map.of(MAX, "P3D"), Map.of(DEFAULT, "P20D")).invalid()).isEmpty();
      assertThat(policy(Map.of(MAX, "P3D", DEFAULT, "P20D"), Map.of()).invalid())
          .containsOnlyKeys(DEFAULT);
    }

    /** As tools send a cleared field: Keycloak's own form does not send it at all. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "##", " ## "})
    void thatTheConfigHasWithoutAWordStaysAsItWas(String cleared) {
      Map<String, String> kept =
          Map.of(
              "trusted-proxies",
              "192.0.2.1",
              "self-service-role",
              "developer",
              "api-key.required-restrictions",
              "ip",
              MAX,
              "P9D");
      Map<String, String> config = new HashMap<>(kept);
      config.replaceAll((name, value) -> cleared);
      RealmPolicy policy = policy(config, kept);
      assertThat(policy.invalid()).isEmpty();
      assertThat(policy.trustedProxies().trusts("192.0.2.1")).isTrue();
      assertThat(policy.selfService().role()).hasValue("developer");
      assertThat(policy.of(KeyKind.API_KEY).requiredRestrictions()).containsExactly("ip");
      assertThat(policy.of(KeyKind.API_KEY).maxLifetime()).hasValue(Duration.ofDays(9));
      assertThat(new StoredPolicy(kept, true).after(config).settings()).isEqualTo(kept);
    }

    @Test
    void ofSeveralWordsMayBeWithoutAnyIfThatIsKeptOrNothingIs() {
      Map<String, String> nobody = Map.of("self-service-clients", "");
      assertThat(policy(nobody, Map.of()).selfService().clients()).isEmpty();
      assertThat(policy(nobody, nobody).selfService().clients()).isEmpty();
      assertThat(policy(Map.of(), nobody).selfService().clients()).isEmpty();
    }

    @Test
    void ofTrustedProxiesThatCannotBeReadLeavesTheLastOnesTrusted() {
      Map<String, String> broken = Map.of("trusted-proxies", "10.0.0.1/8");
      TrustedProxies last = policy(broken, Map.of("trusted-proxies", "192.0.2.1")).trustedProxies();
      assertThat(last.trusts("192.0.2.1")).isTrue();
      assertThat(last.readable()).isTrue();
      assertThat(policy(broken, Map.of()).trustedProxies()).isEqualTo(TrustedProxies.UNREADABLE);
    }

    @Test
    void thatThereIsNotIsNamedWhereverItIsWritten() {
      assertThat(policy(Map.of("a", "1"), Map.of("b", "2")).invalid())
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(entry("a", "is not a setting"), entry("b", "is not a setting")));
    }
  }

  @Nested
  class WhatIsKept {

    private final StoredPolicy before = new StoredPolicy(Map.of(MAX, "P9D"), false);

    @Test
    void takesWhatTheConfigSays() {
      assertThat(before.after(Map.of(MAX, " P3D ", "max-overlap", "PT1H")).settings())
          .isEqualTo(Map.of(MAX, "P3D", "max-overlap", "PT1H"));
    }

    @Test
    void staysWhereTheConfigSaysNothing() {
      Map<String, String> cleared = new HashMap<>();
      cleared.put(MAX, null);
      assertThat(before.after(Map.of())).isEqualTo(before);
      assertThat(before.after(cleared)).isEqualTo(before);
    }

    @Test
    void isDroppedByTheWordDefault() {
      assertThat(before.after(Map.of(MAX, "default")).settings()).isEmpty();
    }

    @Test
    void takesNothingThatCannotBeRead() {
      assertThat(before.after(Map.of(MAX, "P9OD", "nonsense", "1", "max-overlap", "long")))
          .isEqualTo(before);
    }
  }

  @Nested
  class TheState {

    private final Map<String, String> kept = Map.of(MAX, "P9D", "max-overlap", "PT1H");
    private final RealmModel realm =
        Partial.of(
            RealmModel.class,
            (method, arguments) -> Optional.of(new RequiredActionProviderModel()));

    private PolicyState state(Map<String, String> config) {
      return new PolicyState(new PolicySources(config, kept), new PolicyAction(realm), Map.of());
    }

    @Test
    void saysWhereEachSettingComesFrom() {
      PolicyState state = state(Map.of(MAX, "P3D", "revocation-budget", "default"));
      assertThat(state.source(setting(MAX))).isEqualTo(PolicyState.Source.ACTION);
      assertThat(state.source(setting("max-overlap"))).isEqualTo(PolicyState.Source.KEPT);
      assertThat(state.source(setting("revocation-budget"))).isEqualTo(PolicyState.Source.DEFAULT);
      assertThat(state.value(setting(MAX))).isEqualTo("P3D");
      assertThat(state.value(setting("max-overlap"))).isEqualTo("PT1H");
      // Shortened by the maximum.
      assertThat(state.value(setting(DEFAULT))).isEqualTo("PT72H");
      assertThat(state.value(setting("default-overlap"))).isEqualTo("PT1H");
    }

    @Test
    void saysWhatTheConfigDoesNotShow() {
      assertThat(state(Map.of(MAX, "P9OD", "max-token-lifespan", "PT1M")).differences())
          .containsExactlyInAnyOrder(
              new PolicyState.Difference(MAX, "P9OD", "P9D"),
              new PolicyState.Difference("max-overlap", null, "PT1H"));
      assertThat(state(kept).differences()).isEmpty();
      assertThat(state(Map.of(MAX, "default", "max-overlap", "PT2H")).differences()).isEmpty();
    }

    private static PolicySetting setting(String name) {
      return PolicySetting.named(name).orElseThrow();
    }
  }
}
