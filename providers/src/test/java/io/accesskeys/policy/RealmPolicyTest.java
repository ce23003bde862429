package io.accesskeys.policy;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Limits;
import io.accesskeys.key.Limits.Overdue;
import io.accesskeys.key.Limits.Rolling;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy.WhenExposed;
import io.accesskeys.policy.RealmPolicy.WhenRetiredUsed;
import io.accesskeys.policy.RealmPolicy.WhenSuccessorUnused;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How settings are read: what they spell, where they end, and what stands in for a bad one. */
final class RealmPolicyTest {

  private static final String PAT = "personal-access-token.";

  private static RealmPolicy of(String setting, String value) {
    return RealmPolicy.of(Map.of(setting, value));
  }

  private static KindPolicy pats(Map<String, String> settings) {
    return RealmPolicy.of(settings).of(KeyKind.PERSONAL_ACCESS_TOKEN);
  }

  @ParameterizedTest
  @EnumSource
  void withoutSettingsKeysAreShortLived(KeyKind kind) {
    KindPolicy rules = RealmPolicy.of(Map.of()).of(kind);
    assertThat(rules)
        .isEqualTo(
            new KindPolicy(
                true,
                List.of(kind.defaultPrefix()),
                ExpiryChoice.CHOSEN,
                Duration.ofDays(30),
                Optional.of(Duration.ofDays(365)),
                Optional.empty(),
                100,
                Set.of(),
                Optional.empty(),
                Rolling.NONE,
                Optional.empty()));
    assertThat(rules.limits().enforced()).isEmpty();
  }

  @Test
  void withoutSettingsTheRealmIsClosed() {
    RealmPolicy policy = RealmPolicy.of(Map.of());
    assertThat(policy.invalid()).isEmpty();
    assertThat(policy.freshLogin()).isEqualTo(Duration.ofMinutes(5));
    assertThat(policy.selfService().clients()).containsExactly("account-console");
    assertThat(policy.selfService().role()).isEmpty();
    assertThat(policy.applications().role()).isEmpty();
    assertThat(policy.applications().perPerson()).isEqualTo(5);
    assertThat(policy.applications().roles()).isEmpty();
    assertThat(policy.lifetimePresets())
        .containsExactly(
            Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(60), Duration.ofDays(90));
    assertThat(policy.defaultOverlap()).isEqualTo(Duration.ofHours(24));
    assertThat(policy.maxOverlap()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.maxTokenLifespan()).isEqualTo(Duration.ofMinutes(15));
    assertThat(policy.revocationBudget()).isEqualTo(Duration.ofSeconds(30));
    assertThat(policy.whenExposed()).isEqualTo(WhenExposed.REVOKE);
    assertThat(policy.whenRetiredUsed()).isEqualTo(WhenRetiredUsed.NOTIFY);
    assertThat(policy.whenSuccessorUnused()).isEqualTo(WhenSuccessorUnused.EXTEND);
    assertThat(policy.revokedRetention()).isEqualTo(Duration.ofDays(90));
    assertThat(policy.suggestions()).isEqualTo(new RealmPolicy.Suggestions(20, 30));
    assertThat(policy.trustedProxies().isSet()).isFalse();
  }

  @Test
  void trustedProxiesAreThoseInTheRanges() {
    TrustedProxies proxies = of("trusted-proxies", "10.0.0.0/8 ## 2001:db8::/32").trustedProxies();
    assertThat(proxies.isSet()).isTrue();
    assertThat(proxies.readable()).isTrue();
    assertThat(proxies.trusts("10.1.2.3")).isTrue();
    assertThat(proxies.trusts("2001:db8:0:0:0:0:0:1")).isTrue();
    assertThat(proxies.trusts("11.0.0.1")).isFalse();
    assertThat(proxies.trusts("proxy.test")).isFalse();
  }

  @Test
  void trustedProxiesThatCannotBeReadTrustNobodyAndAreNotOff() {
    TrustedProxies proxies = of("trusted-proxies", "10.0.0.0/8##proxy.test").trustedProxies();
    assertThat(proxies.isSet()).isTrue();
    assertThat(proxies.readable()).isFalse();
    assertThat(proxies.trusts("10.1.2.3")).isFalse();
  }

  @Test
  void everyDefaultIsWhatItWouldBeWrittenOut() {
    Map<String, String> written = new HashMap<>();
    PolicySetting.ALL.forEach(setting -> written.put(setting.name(), setting.preset()));
    assertThat(RealmPolicy.of(written)).isEqualTo(RealmPolicy.of(Map.of()));
  }

  @Test
  void aKindHasSettingsOfItsOwn() {
    Map<String, String> settings =
        Map.ofEntries(
            entry(PAT + "enabled", "false"),
            entry(PAT + "prefixes", "acme_live##acme_test"),
            entry(PAT + "expiry", "fixed"),
            entry(PAT + "default-lifetime", "P1D"),
            entry(PAT + "max-lifetime", "none"),
            entry(PAT + "max-idle", "P90D"),
            entry(PAT + "max-per-owner", "3"),
            entry(PAT + "required-restrictions", "ip##client"),
            entry(PAT + "self-roll", "P180D"),
            entry(PAT + "roll-every", "P3M"),
            entry("roll-window", "P14D"),
            entry("when-roll-overdue", "expire"));
    assertThat(pats(settings))
        .isEqualTo(
            new KindPolicy(
                false,
                List.of("acme_live", "acme_test"),
                ExpiryChoice.FIXED,
                Duration.ofDays(1),
                Optional.empty(),
                Optional.of(Duration.ofDays(90)),
                3,
                Set.of("ip", "client"),
                Optional.of(Duration.ofDays(180)),
                new Rolling(Optional.of(Period.ofMonths(3)), Duration.ofDays(14), Overdue.EXPIRE),
                Optional.empty()));
    assertThat(RealmPolicy.of(settings).of(KeyKind.API_KEY))
        .usingRecursiveComparison()
        .ignoringFields("rolling")
        .isEqualTo(RealmPolicy.of(Map.of()).of(KeyKind.API_KEY));
  }

  @Test
  void maximaHoldForExistingKeysOnlyWithADate() {
    Instant from = Instant.parse("2027-01-31T00:00:00Z");
    assertThat(pats(Map.of(PAT + "max-idle", "P9D")).limits())
        .isEqualTo(limits(Optional.of(Duration.ofDays(9)), Set.of(), Optional.empty()));
    assertThat(pats(Map.of("existing-keys-enforced-from", from.toString())).limits())
        .isEqualTo(limits(Optional.empty(), Set.of(), Optional.of(from)));
    assertThat(
            pats(Map.of(
                    "existing-keys-enforced-from",
                    from.toString(),
                    PAT + "required-restrictions",
                    "ip"))
                .limits())
        .isEqualTo(limits(Optional.empty(), Set.of("ip"), Optional.of(from)));
  }

  private static Limits limits(
      Optional<Duration> idle, Set<String> restrictions, Optional<Instant> enforced) {
    return new Limits(
        idle, Optional.of(Duration.ofDays(365)), restrictions, Rolling.NONE, enforced);
  }

  @Test
  void listsLoseBlanksAndEmptyEntriesAndPresetsAreSorted() {
    assertThat(of("lifetime-presets", " P90D ####P1D##").lifetimePresets())
        .containsExactly(Duration.ofDays(1), Duration.ofDays(90));
    assertThat(of("self-service-clients", "a## b ##").selfService().clients())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(of("self-service-clients", "").selfService().clients()).isEmpty();
  }

  @Test
  void aMaximumThatIsShorterThanTheDefaultShortensIt() {
    assertThat(pats(Map.of(PAT + "max-lifetime", "P3D")).defaultLifetime())
        .isEqualTo(Duration.ofDays(3));
    assertThat(of("max-overlap", "PT1H").defaultOverlap()).isEqualTo(Duration.ofHours(1));
    assertThat(of("max-overlap", "PT1H").invalid()).isEmpty();
  }

  @Test
  void aDefaultThatIsWrittenOutIsNotShortened() {
    Map<String, String> settings =
        Map.of(PAT + "max-lifetime", "P3D", PAT + "default-lifetime", "P30D");
    assertThat(RealmPolicy.of(settings).invalid()).containsOnlyKeys(PAT + "default-lifetime");
    assertThat(pats(settings).defaultLifetime()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void aSettingThatIsNullIsMissing() {
    Map<String, String> settings = new HashMap<>();
    PolicySetting.ALL.forEach(setting -> settings.put(setting.name(), null));
    settings.put("max_auth_age", "0");
    RealmPolicy policy = RealmPolicy.of(settings);
    assertThat(policy.invalid()).isEmpty();
    assertThat(policy.freshLogin()).isEqualTo(Duration.ZERO);
  }

  @Test
  void anUnknownSettingIsNamed() {
    assertThat(of(PAT + "max-lifetme", "P5D").invalid())
        .containsExactly(Map.entry(PAT + "max-lifetme", "is not a setting"));
  }

  @Test
  void everyWrongSettingIsNamedAndTheOthersHold() {
    RealmPolicy policy =
        RealmPolicy.of(
            Map.of(
                PAT + "enabled",
                "maybe",
                PAT + "max-lifetime",
                "a year",
                "when-exposed",
                "suspend"));
    assertThat(policy.invalid()).containsOnlyKeys(PAT + "enabled", PAT + "max-lifetime");
    assertThat(policy.invalid().values()).allMatch(reason -> reason.startsWith("must be "));
    assertThat(policy.of(KeyKind.PERSONAL_ACCESS_TOKEN))
        .isEqualTo(RealmPolicy.of(Map.of()).of(KeyKind.PERSONAL_ACCESS_TOKEN));
    assertThat(policy.whenExposed()).isEqualTo(WhenExposed.SUSPEND);
  }

  @ParameterizedTest
  @CsvSource({
    "personal-access-token.max-lifetime, forever",
    "personal-access-token.max-lifetime, PT1S",
    "personal-access-token.default-lifetime, P400D",
    "personal-access-token.expiry, maybe",
    "personal-access-token.enabled, yes",
    "personal-access-token.prefixes, Bad Prefix",
    "personal-access-token.max-idle, PT1H",
    "api-key.max-per-owner, 0",
    "client-secret.max-lifetime, 30",
    "max_auth_age, -1",
    "max_auth_age, soon",
    "lifetime-presets, P30D##x",
    "existing-keys-enforced-from, tomorrow",
    "existing-keys-enforced-from, 2027-01-30T24:00:00Z",
    "existing-keys-enforced-from, 2027-01-30T23:59:60Z",
    "applications-per-person, many",
    "default-overlap, P30D",
    "max-token-lifespan, PT1H",
    "revocation-budget, PT2H",
    "when-exposed, ignore",
    "revoked-retention, PT0S",
  })
  void aBadValueIsNamedWithTheRuleAndHasTheDefaultInItsPlace(String setting, String value) {
    RealmPolicy policy = of(setting, value);
    assertThat(policy.invalid()).containsOnlyKeys(setting);
    assertThat(policy.invalid().get(setting)).startsWith("must be ");
    assertThat(policy)
        .usingRecursiveComparison()
        .ignoringFields("invalid")
        .isEqualTo(RealmPolicy.of(Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "personal-access-token.max-lifetme, P5D",
    "max-token-lifespan, PT1H",
    "personal-access-token.enabled, 0"
  })
  void tokensAreShortLivedUnderAPolicyThatCannotBeRead(String setting, String value) {
    assertThat(of(setting, value).maxTokenLifespan()).isEqualTo(Duration.ofMinutes(15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api-key.enabled|true|false|TRUE|1",
        "api-key.prefixes|ab|a_b##c2##abcdefghijklmnopqrstuvwx|a|acme-live",
        "api-key.prefixes|kcak|kcak##|##|abcdefghijklmnopqrstuvwxy",
        "api-key.expiry|chosen|fixed|Fixed|x",
        "api-key.default-lifetime|PT1M|P365D|PT59S|P366D",
        "api-key.max-lifetime|PT43200M|none|PT59S|P36501D",
        "api-key.max-lifetime|P30D|P36500D|-P1D|None",
        "api-key.max-idle|P1D|none|PT23H|P1M",
        "api-key.max-per-owner|1|1000000|0|1000001",
        "api-key.max-per-owner|7| 7 |-7|seven",
        "max_auth_age|0|86400|-1|86401",
        "lifetime-presets|P1D|P1D##P36500D|PT0S|P1D##-P1D",
        "lifetime-presets|P1D|P1D##PT1H|P36501D|PT99999999999999999S",
        "existing-keys-enforced-from|2027-01-31T00:00:00Z|2027-01-31T00:00:00.5Z|2027-01-31|soon",
        "applications-per-person|0|1000|1001|5.0",
        "default-overlap|PT0S|P7D|P8D|-PT1S",
        "max-overlap|PT24H|P36500D|P36501D|-PT1S",
        "max-token-lifespan|PT1S|PT15M|PT0S|PT15M1S",
        "revocation-budget|PT0S|PT1H|PT1H1S|30",
        "accepted-event-every|0|1000000|1000001|-1",
        "when-exposed|revoke|suspend|delete|Revoke",
        "revoked-retention|P1D|P36500D|PT23H|none",
        "suggestion-min-uses|1|1000000|0|1000001",
        "suggestion-min-days|1|90|0|91",
        "trusted-proxies|10.0.0.0/8|10.0.0.1##2001:db8::/32|10.0.0.1/8|10.0.0.1##proxy.test",
      })
  void isReadUpToItsBounds(
      String setting, String good, String alsoGood, String bad, String alsoBad) {
    assertThat(of(setting, good).invalid()).isEmpty();
    assertThat(of(setting, alsoGood).invalid()).isEmpty();
    assertThat(of(setting, bad).invalid()).containsOnlyKeys(setting);
    assertThat(of(setting, alsoBad).invalid()).containsOnlyKeys(setting);
  }

  @Test
  void keysBeginWithThePrefixesOfAllKindsAndTheUsualOnes() {
    RealmPolicy policy =
        RealmPolicy.of(Map.of(PAT + "prefixes", "acme_live##acme_test", "api-key.prefixes", "ak"));
    assertThat(policy.keyPrefixes().prefixes())
        .containsExactlyInAnyOrder("acme_live", "acme_test", "ak", "kcpat", "kcak", "kccs");
  }
}
