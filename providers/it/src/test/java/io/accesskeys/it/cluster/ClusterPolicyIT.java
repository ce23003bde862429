package io.accesskeys.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.OnTwoNodes;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.legacy.LegacyTable;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.PolicySetting;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each setting of the policy, changed at one node as the Admin Console does it, acts at another.
 */
@RequiresTool("initdb")
@OnTwoNodes
class ClusterPolicyIT {

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  /** Room for what the tests make. */
  private static final Map<String, String> ROOM =
      Map.of(
          "personal-access-token.max-per-owner", "100000",
          "api-key.max-per-owner", "100000",
          "client-secret.max-per-owner", "100000",
          "applications-per-person", "1000");

  private static final Map<String, String> APPLICATIONS = Map.of("application-role", "orders:read");

  private static final String LEGACY = "sk_live_0123456789-policy";

  private static Cluster cluster;
  private static TestRealm first;
  private static TestRealm second;
  private static TestKey old;
  private static String tomorrow;

  @BeforeAll
  static void create() {
    cluster = Cluster.shared();
    first = TestRealm.create(cluster.first(), "cluster-policy");
    second = first.at(cluster.second());
    // Keycloak saves none of them unless told to.
    first.change("", Map.of("enabledEventTypes", List.of("INTROSPECT_TOKEN")));
    old = first.pat("alice", "orders:read");
    tomorrow = inHours(24).toString();
    first.policy(LegacyTable.accepted()).expect(204);
    assertThat(new LegacyTable(first).token(LEGACY, "alice").path("result").asText())
        .isEqualTo("created");
  }

  @AfterAll
  static void remove() {
    first.close();
  }

  /**
   * What a value of a setting does.
   *
   * @param beside settings that hold before and after
   * @param seen whether it is done at the second node
   */
  private record Effect(
      String setting, String value, Map<String, String> beside, BooleanSupplier seen) {

    @Override
    public String toString() {
      return setting;
    }
  }

  private static Effect effect(String setting, String value, BooleanSupplier seen) {
    return new Effect(setting, value, Map.of(), seen);
  }

  static Stream<Effect> effects() {
    return Stream.concat(
        Stream.of(KeyKind.values()).map(KeyKind::wireName).flatMap(ClusterPolicyIT::ofKind),
        Stream.of(ofPeople(), ofKeys(), ofOtherSystems()).flatMap(effects -> effects));
  }

  private static Stream<Effect> ofKind(String kind) {
    return Stream.of(
        effect(kind + ".enabled", "false", () -> ask(kind, 9).text("field").equals("kind")),
        effect(
            kind + ".prefixes", "acme_2", () -> ask(kind, 9).text("secret").startsWith("acme_2_")),
        effect(kind + ".expiry", "fixed", () -> ask(kind, 9).status() == 400),
        effect(kind + ".default-lifetime", "P2D", () -> days(ask(kind), "expiresAt") == 2),
        effect(kind + ".max-lifetime", "P8D", () -> ask(kind, 9).text("field").equals("expiresAt")),
        effect(kind + ".max-idle", "P3D", () -> days(ask(kind), "endsAt") == 3),
        effect(
            kind + ".max-per-owner", "1", () -> ask(kind, 9).text("detail").endsWith("may have 1")),
        effect(
            kind + ".roll-every",
            "P5D",
            // The clients have nobody to tell.
            () ->
                kind.equals("personal-access-token")
                    ? ask(kind, 9).json().at("/roll/every").asText().equals("P5D")
                    : ask(kind, 9).text("field").equals("roll.delivery")),
        effect(
            kind + ".required-restrictions",
            "ip",
            () -> ask(kind, 9).text("field").equals("restrictions")));
  }

  private static Stream<Effect> ofPeople() {
    return Stream.of(
        effect("max_auth_age", "0", () -> ask("personal-access-token", 9).status() == 401),
        effect("lifetime-presets", "P11D", () -> page().contains("value=\"PT264H\"")),
        effect(
            "self-service-clients",
            "another-console",
            () -> ask("personal-access-token", 9).status() == 403),
        effect(
            "self-service-role",
            "no-such-role",
            () -> ask("personal-access-token", 9).status() == 403),
        effect("page-at-sign-in-gives", "token", () -> page().contains("Get a token")),
        effect("application-role", "orders:read", () -> register().status() == 201),
        new Effect(
            "applications-per-person",
            "0",
            APPLICATIONS,
            () -> register().text("detail").contains("more than 0 applications")),
        new Effect(
            "application-default-roles",
            "no-such-role",
            APPLICATIONS,
            () -> register().text("detail").contains("no-such-role")));
  }

  private static Stream<Effect> ofKeys() {
    return Stream.of(
        new Effect(
            "existing-keys-enforced-from",
            tomorrow,
            Map.of("personal-access-token.max-lifetime", "PT1M"),
            () -> introspected().json().at("/access_key/expires_at").asText().equals(tomorrow)),
        effect(
            "default-overlap",
            "PT1H",
            () -> Instant.parse(roll("").text("retiresAt")).isBefore(inHours(2))),
        effect(
            "max-overlap",
            "PT2H",
            () -> roll("{\"overlap\":\"PT3H\"}").text("field").equals("overlap")),
        effect("max-token-lifespan", "PT1M", () -> jwtSeconds() == 60),
        effect(
            "revocation-budget",
            "PT5S",
            () ->
                second
                    .verify(old.text(), "?client=acme-api")
                    .header("Cache-Control")
                    .equals(Optional.of("max-age=5"))),
        effect("accepted-event-every", "1", ClusterPolicyIT::acceptedUseLeavesAnEvent),
        effect("trusted-proxies", "127.0.0.1", () -> seenAddress().equals("198.51.100.7")),
        effect("personal-access-token.self-roll", "P9D", () -> selfRoll(true) == 200),
        effect("api-key.self-roll", "P9D", () -> selfRoll(false) == 200),
        effect("roll-window", "P2D", () -> rollWindowDays() == 2),
        new Effect(
            "when-roll-overdue",
            "expire",
            Map.of("personal-access-token.roll-every", "P5D", "roll-window", "P3D"),
            () -> days(ask("personal-access-token", 20), "endsAt") == 8),
        new Effect(
            "suggestion-min-uses",
            "1",
            Map.of("suggestion-min-days", "1"),
            () -> !saysNothingFor("too_few_uses")),
        new Effect(
            "suggestion-min-days",
            "1",
            Map.of("suggestion-min-uses", "1"),
            () -> !saysNothingFor("too_few_days")),
        effect("when-retired-used", "suspend", () -> stateAfterReuse().equals("suspended")),
        effect("when-exposed", "suspend", () -> exposed().text("state").equals("exposed")),
        effect("revoked-retention", "P1D", ClusterPolicyIT::isForgottenInTwoDays));
  }

  private static Stream<Effect> ofOtherSystems() {
    Map<String, String> days =
        Map.of("legacy-last-day", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
    return Stream.of(
        effect(
            "revocation-endpoint",
            "access-keys",
            () ->
                Http.anything(
                        "GET", second.uri("/.well-known/openid-configuration"), Map.of(), null, "")
                    .text("revocation_endpoint")
                    .endsWith("/access-keys/revoke")),
        new Effect("legacy-prefixes", "sk_live_", days, ClusterPolicyIT::isLegacyKeyGood),
        new Effect("legacy-min-length", "20", days, ClusterPolicyIT::isLegacyKeyGood),
        new Effect(
            "legacy-last-day",
            days.get("legacy-last-day"),
            Map.of("legacy-prefixes", "sk_live_"),
            ClusterPolicyIT::isLegacyKeyGood));
  }

  private static boolean isLegacyKeyGood() {
    return second.verify(LEGACY, "?client=acme-api").status() == 200;
  }

  private static int selfRoll(boolean person) {
    TestKey key = person ? second.pat("alice", "orders:read") : second.apiKey("orders:read");
    return Http.json("POST", second.uri("/access-keys/self/roll"), TestRealm.bearer(key.text()), "")
        .status();
  }

  /** Whether a key that was used once gets no suggestion for this reason. */
  private static boolean saysNothingFor(String reason) {
    TestKey key = second.pat("alice", "orders:read");
    second.verify(key.text(), "?client=acme-api&scope=orders:read").expect(200);
    second.writeUses();
    return second
        .own("alice", "GET", key, "/suggestion", "")
        .expect(200)
        .json()
        .path("notSuggested")
        .findValuesAsText("reason")
        .contains(reason);
  }

  private static long rollWindowDays() {
    Reply asked = ask("personal-access-token", Map.of("roll", Map.of("every", "P5D")));
    return Duration.parse(asked.json().at("/roll/overlap").asText()).toDays();
  }

  private static String stateAfterReuse() {
    TestKey key = second.pat("alice", "orders:read");
    second.roll("alice", key, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200);
    second.verify(key.text(), "?client=acme-api");
    return second.own("alice", "GET", key, "", "").text("state");
  }

  private static boolean acceptedUseLeavesAnEvent() {
    String events = "/events?type=INTROSPECT_TOKEN&max=1";
    long before = Instant.now().toEpochMilli();
    second.verify(old.text(), "?client=acme-api").expect(200);
    JsonNode latest = second.admin("GET", events, null).expect(200).json().path(0);
    return latest.path("time").asLong() >= before
        && latest.at("/details/way").asText().equals("verify")
        && latest.at("/details/access_key_id").asText().equals(old.id())
        && latest.path("clientId").asText().equals("acme-api");
  }

  /** Of a request that seems to have come through two proxies. */
  private static String seenAddress() {
    Map<String, String> headers = Map.of("X-Forwarded-For", "203.0.113.9, 198.51.100.7");
    return second
        .adminAs(TestRealm.and(second.asAdmin(), headers), "GET", "/access-keys/health", null)
        .json()
        .at("/proxy/clientAddress")
        .asText();
  }

  @Test
  void everySettingIsHere() {
    assertThat(effects().map(Effect::setting))
        .containsExactlyInAnyOrderElementsOf(
            PolicySetting.ALL.stream()
                .map(PolicySetting::name)
                // Only jobs ask for it, and read the policy anew at each run.
                .filter(name -> !name.equals("when-successor-unused"))
                // It takes a vault: LegacyPepperIT has one.
                .filter(name -> !name.equals("legacy-pepper"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("effects")
  void actsAtTheOtherNodeAtOnceAndIsUndoneAtOnce(Effect effect) {
    Map<String, String> before = new HashMap<>(ROOM);
    before.remove(effect.setting());
    before.putAll(effect.beside());
    Map<String, String> after = new HashMap<>(before);
    after.put(effect.setting(), effect.value());

    for (int round = 0; round < 2; round++) {
      first.policy(before).expect(204);
      assertThat(Waiting.until(() -> !effect.seen().getAsBoolean(), AT_ONCE)).isTrue();
      first.policy(after).expect(204);
      assertThat(Waiting.until(effect.seen(), AT_ONCE)).isTrue();
    }
  }

  /** With no required action to show it, what is kept is all that there is of the policy. */
  @Test
  void whatIsKeptActsAtTheOtherNodeAtOnce() {
    String action = "/authentication/required-actions/create-access-key";
    first.admin("DELETE", action, null).expect(204);
    try {
      for (int round = 0; round < 3; round++) {
        switchTokens("false");
        assertThat(Waiting.until(() -> !works(), AT_ONCE)).isTrue();
        switchTokens("true");
        assertThat(Waiting.until(ClusterPolicyIT::works, AT_ONCE)).isTrue();
      }
      switchTokens("false");
      first.admin("DELETE", "/access-keys/policy", null).expect(204);
      assertThat(Waiting.until(ClusterPolicyIT::works, AT_ONCE)).isTrue();
    } finally {
      String ours = "{\"providerId\":\"create-access-key\",\"name\":\"Create Access Key\"}";
      first.admin("POST", "/authentication/register-required-action", ours).expect(204);
    }
  }

  private static void switchTokens(String enabled) {
    String body = "{\"personal-access-token.enabled\":" + enabled + "}";
    first.admin("PATCH", "/access-keys/policy", body).expect(200);
  }

  private static boolean works() {
    return second.verify(old.text(), "?client=acme-api").status() == 200;
  }

  /** A key asked for at the second node, with so many days to live. */
  private static Reply ask(String kind, int days) {
    return ask(kind, Map.of("expiresAt", Instant.now().plus(Duration.ofDays(days)).toString()));
  }

  private static Reply ask(String kind) {
    return ask(kind, Map.of());
  }

  private static Reply ask(String kind, Map<String, ?> more) {
    Map<String, Object> request = new HashMap<>(Map.of("kind", kind, "name", "test"));
    request.putAll(more);
    String client = kind.equals("client-secret") ? "acme-gateway" : "billing-worker";
    if (!kind.equals("client-secret")) {
      request.put("client", "acme-api");
    }
    if (!kind.equals("personal-access-token")) {
      request.put("owner", Map.of("client", client));
    }
    String json = new ObjectMapper().valueToTree(request).toString();
    return kind.equals("personal-access-token")
        ? second.create("alice", json)
        : second.admin("POST", "/access-keys", json);
  }

  private static long days(Reply created, String end) {
    return Duration.between(
            Instant.parse(created.text("createdAt")),
            Instant.parse(created.json().path(end).asText(created.text("expiresAt"))))
        .toDays();
  }

  private static Instant inHours(int hours) {
    return Instant.now().plus(Duration.ofHours(hours));
  }

  private static String page() {
    return Browser.signedIn(first, "alice", "&kc_action=create-access-key")
        .sendTo(cluster.second(), CreateKeyForm.with(Map.of("name", "")))
        .body();
  }

  private static Reply register() {
    return Http.json(
        "POST", second.uri("/access-keys/applications"), second.as("alice"), "{\"name\":\"test\"}");
  }

  private static Reply introspected() {
    return second.introspect(old.text(), Map.of());
  }

  private static Reply roll(String json) {
    return second.roll("alice", second.pat("alice", "orders:read"), json, Map.of());
  }

  private static long jwtSeconds() {
    JsonNode claims = TestRealm.claims(second.jwt(old));
    return claims.path("exp").asLong() - claims.path("iat").asLong();
  }

  private static Reply exposed() {
    TestKey key = second.pat("alice", "orders:read");
    String body = "{\"keys\":[\"" + key.text() + "\"]}";
    Http.json("POST", second.uri("/access-keys/exposed"), Map.of(), body).expect(202);
    return second.own("alice", "GET", key, "", "");
  }

  /** By the job of the second node, the only one whose clock is ahead. */
  private static boolean isForgottenInTwoDays() {
    TestKey key = first.pat("alice", "orders:read");
    first.revoke("alice", key).expect(204);
    AtomicBoolean forgotten = new AtomicBoolean();
    second.ahead(
        Duration.ofDays(2),
        () -> {
          TestClock.of(cluster.second()).run("access-keys-upkeep");
          forgotten.set(second.adminKey("GET", key, "", null).status() == 404);
        });
    return forgotten.get();
  }
}
