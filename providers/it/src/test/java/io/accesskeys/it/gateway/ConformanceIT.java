package io.accesskeys.it.gateway;

import static io.accesskeys.it.gateway.Situation.passes;
import static io.accesskeys.it.gateway.Situation.refused;

import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.LoginFlow;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.gateway.Attempt.Needs;
import io.accesskeys.it.gateway.Situation.Why;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * One decision, every entry point: each key is tried through every way that there is. The answers
 * are the table of {@code docs/conformance.md}.
 */
@RequiresTool({"nginx", "caddy", "apache2", "mod_auth_openidc.so", "haproxy"})
class ConformanceIT {

  private static final EntryPoint[] LOCAL = {
    EntryPoint.HAPROXY_EARLIER, EntryPoint.SPRING_JWT_EARLIER
  };
  private static final EntryPoint[] NO_ADDRESS = {
    EntryPoint.APACHE, EntryPoint.SPRING_OPAQUE_TOKEN
  };

  private static final List<Situation> SITUATIONS =
      List.of(
          passes("a personal access token", Keys::token),
          passes("an API key", Keys::apiKey),
          passes(
              "an API key where API keys are wanted", keys -> keys.apiKey().needing(Needs.API_KEY)),
          passes(
              "a personal access token where they are wanted",
              keys -> keys.token().needing(Needs.PERSONAL_ACCESS_TOKEN)),
          passes(
                  "with `secret-token:` in front",
                  keys -> Attempt.with("secret-token:" + keys.tokenKey().text()))
              .but(Why.COLON, EntryPoint.SPRING_OPAQUE_TOKEN),
          passes("the new secret of a rolled key", Keys::rolled),
          passes("its old secret, during the overlap", keys -> keys.old("PT1H")),
          passes("restricted to the client's address", keys -> ip(keys, "127.0.0.0/8"))
              .but(Why.ADDRESS, NO_ADDRESS),
          passes(
                  "restricted to the page that is sent along",
                  keys -> page(keys).and("Referer: https://app.acme.example/x"))
              .but(Why.PAGE, NO_ADDRESS),
          refused("old secret after the overlap", Keys::token)
              .after(Keys::rollAway)
              .but(Why.SIGNATURE, LOCAL),
          refused("pending", keys -> keys.token("notBefore", soon())),
          refused("suspended", Keys::token).after(Keys::suspend).unseenByLocalChecks(),
          refused("revoked", Keys::token).after(Keys::revoke).unseenByLocalChecks(),
          refused("exposed", Keys::token).after(Keys::expose).unseenByLocalChecks(),
          refused("expired", Keys::soonExpired)
              .after(Keys::waitForExpiry)
              .but(Why.SKEW, EntryPoint.SPRING_JWT_EARLIER),
          refused("a secret that it never had", Keys::wrongSecret),
          refused("an id that nobody has", Keys::unknownId),
          refused("a bad checksum", Keys::badChecksum),
          refused("no key at all in its form", keys -> Attempt.with("kcpat_not-a-key")),
          refused("of another realm", Keys::ofAnotherRealm),
          refused("for another API client", Keys::forAnotherClient),
          refused("without the scope", keys -> keys.tokenFor("orders:write")),
          refused(
              "a personal access token where API keys are wanted",
              keys -> keys.token().needing(Needs.API_KEY)),
          refused(
              "an API key where personal access tokens are wanted",
              keys -> keys.apiKey().needing(Needs.PERSONAL_ACCESS_TOKEN)),
          refused("its owner is disabled", keys -> keys.tokenOf("bob"))
              .after(keys -> person(keys, "bob", false))
              .undone(keys -> person(keys, "bob", true))
              .unseenByLocalChecks(),
          refused("its owner has lost the role", keys -> keys.tokenOf("bob"))
              .after(keys -> keys.realm().roles("DELETE", keys.realm().user("bob"), "orders:read"))
              .undone(keys -> keys.realm().roles("POST", keys.realm().user("bob"), "orders:read"))
              .unseenByLocalChecks(),
          refused(
                  "its owner is removed",
                  keys -> {
                    keys.carol();
                    return keys.tokenOf("carol");
                  })
              .after(keys -> keys.realm().admin("DELETE", keys.realm().user("carol"), null))
              .unseenByLocalChecks(),
          refused("the client that owns it is disabled", Keys::apiKey)
              .after(keys -> keys.client("billing-worker", Map.of("enabled", false)))
              .undone(keys -> keys.client("billing-worker", Map.of("enabled", true)))
              .unseenByLocalChecks(),
          refused("that client has no service account any more", Keys::apiKey)
              .after(keys -> keys.client("billing-worker", Map.of("serviceAccountsEnabled", false)))
              .undone(keys -> keys.client("billing-worker", Map.of("serviceAccountsEnabled", true)))
              .unseenByLocalChecks(),
          refused("the API client is disabled", Keys::token)
              .after(keys -> keys.client("acme-api", Map.of("enabled", false)))
              .undone(keys -> keys.client("acme-api", Map.of("enabled", true)))
              .unseenByLocalChecks(),
          refused("the API client breaks a rule", Keys::token)
              .after(keys -> keys.client("acme-api", Map.of("fullScopeAllowed", true)))
              .undone(keys -> keys.client("acme-api", Map.of("fullScopeAllowed", false)))
              .unseenByLocalChecks(),
          refused("the API client has opted out", Keys::token)
              .after(keys -> optedIn(keys, false))
              .undone(keys -> optedIn(keys, true))
              .unseenByLocalChecks(),
          refused("the policy has switched its kind off", Keys::token)
              .after(keys -> keys.policy(Map.of("personal-access-token.enabled", "false")))
              .undone(keys -> keys.policy(Map.of()))
              .unseenByLocalChecks(),
          refused("without a restriction that the policy requires", Keys::token)
              .after(
                  keys ->
                      keys.policy(
                          Map.of(
                              "personal-access-token.required-restrictions",
                              "ip",
                              "existing-keys-enforced-from",
                              "2026-01-01T00:00:00Z")))
              .undone(keys -> keys.policy(Map.of()))
              .unseenByLocalChecks(),
          refused("the realm is disabled", Keys::token)
              .after(keys -> keys.realm(Map.of("enabled", false)))
              .undone(keys -> keys.realm(Map.of("enabled", true)))
              .unseenByLocalChecks(),
          refused("over plain HTTP where the realm requires TLS", Keys::token)
              .after(keys -> keys.realm(Map.of("sslRequired", "all")))
              .undone(keys -> keys.realm(Map.of("sslRequired", "external")))
              .unseenByLocalChecks(),
          passes("its owner has a required action pending", Keys::token)
              .after(keys -> actions(keys, List.of("UPDATE_PASSWORD")))
              .undone(keys -> actions(keys, List.of()))
              .but(Why.ACTION, EntryPoint.DIRECT_GRANT),
          refused("restricted to other addresses", keys -> ip(keys, "203.0.113.0/24")),
          refused(
              "restricted to addresses, the client's is unknown",
              keys -> ip(keys, "127.0.0.0/8").from("unknown")),
          refused("restricted to websites, no page is sent along", ConformanceIT::page),
          refused(
              "restricted to websites, from another one",
              keys -> page(keys).and("Referer: https://evil.example/")),
          refused(
                  "two credentials",
                  keys ->
                      Attempt.withLines(
                          "Authorization: Bearer " + keys.tokenKey().text(), "X-API-Key: x"))
              .but(Why.BEARER, NO_ADDRESS),
          passes(
              "the same one as a bearer and as `X-API-Key`",
              keys -> {
                String key = keys.tokenKey().text();
                return Attempt.withLines("Authorization: Bearer " + key, "X-API-Key: " + key);
              }),
          refused("in the URL", Keys::inUrl),
          refused("nothing", keys -> Attempt.withLines()),
          passes(
                  "as `X-API-Key`",
                  keys -> Attempt.withLines("X-API-Key: " + keys.tokenKey().text()))
              .but(Why.BEARER, NO_ADDRESS),
          passes(
                  "as the user of Basic, `key:`",
                  keys -> Attempt.withLines(EntryPoint.basic(keys.tokenKey().text(), "")))
              .but(Why.BEARER, NO_ADDRESS),
          passes(
                  "as the password of Basic, `alice:key`",
                  keys -> Attempt.withLines(EntryPoint.basic("alice", keys.tokenKey().text())))
              .but(Why.BEARER, NO_ADDRESS),
          passes(
                  "as the password, with an empty user name, `:key`",
                  keys -> Attempt.withLines(EntryPoint.basic("", keys.tokenKey().text())))
              .but(Why.BEARER, NO_ADDRESS),
          refused(
              "as the password of another, `bob:key`",
              keys -> Attempt.withLines(EntryPoint.basic("bob", keys.tokenKey().text()))),
          refused("a password in place of the key", keys -> Attempt.with("alice")),
          refused(
              "a password in Basic", keys -> Attempt.withLines(EntryPoint.basic("alice", "alice"))),
          refused("a JWT that was minted from a key", ConformanceIT::minted)
              .but(Why.TOKEN, EntryPoint.INTROSPECTION, EntryPoint.SPRING_OPAQUE_TOKEN),
          refused("an ordinary access token", ConformanceIT::ordinary),
          refused("older than the policy allows", Keys::oldest)
              .after(
                  keys ->
                      keys.policy(
                          Map.of(
                              "personal-access-token.max-lifetime",
                              "PT1M",
                              "existing-keys-enforced-from",
                              "2026-01-01T00:00:00Z")))
              .undone(keys -> keys.policy(Map.of()))
              .unseenByLocalChecks());

  @Test
  void everyWayInDecidesAlike() throws IOException {
    ConformanceTable table = new ConformanceTable();
    try (TestRealm realm = TestRealm.create("conformance");
        TestRealm elsewhere = TestRealm.create("conformance-elsewhere")) {
      prepare(realm);
      try (Guards guards = Guards.of(realm)) {
        Keys keys = new Keys(realm, elsewhere);
        SoftAssertions softly = new SoftAssertions();
        for (Situation situation : SITUATIONS) {
          answer(situation, keys, guards, table, softly);
        }
        softly.assertAll();
      }
    }
    table.assertShipped();
  }

  private static void answer(
      Situation situation,
      Keys keys,
      Guards guards,
      ConformanceTable table,
      SoftAssertions softly) {
    Attempt made = situation.attempt().apply(keys);
    Attempt attempt =
        made.key().isEmpty() || made.earlier().isPresent() ? made : made.having(guards.jwt(made));
    situation.then().accept(keys, attempt);
    try {
      for (EntryPoint way : EntryPoint.values()) {
        Optional<Boolean> answer = way.lets(guards, attempt);
        table.add(situation, way, answer);
        answer.ifPresent(
            lets ->
                softly
                    .assertThat(lets)
                    .as("%s, %s", situation.name(), way)
                    .isEqualTo(situation.expected(way)));
      }
    } finally {
      situation.back().accept(keys);
    }
  }

  private static void prepare(TestRealm realm) {
    realm.attribute("acme-gateway", "standard.token.exchange.enabled", "true");
    realm
        .admin(
            "POST",
            "/clients",
            "{\"clientId\":\"other-api\",\"publicClient\":true,\"standardFlowEnabled\":false,\"fullScopeAllowed\":false,\"attributes\":{\"access-keys.enabled\":\"true\",\"use.refresh.tokens\":\"false\"},\"defaultClientScopes\":[\"basic\",\"roles\"],\"optionalClientScopes\":[\"orders:read\"]}")
        .expect(201);
    LoginFlow flow = LoginFlow.emptyOfProgramsAt(realm, "acme-api");
    for (String step : List.of(DirectGrant.TOKEN_STEP, DirectGrant.API_KEY_STEP)) {
      flow.require(flow.addPlain("", step), "ALTERNATIVE");
    }
  }

  private static Attempt ip(Keys keys, String range) {
    return keys.restricted(Map.of("type", "ip", "allow", List.of(range)));
  }

  private static Attempt page(Keys keys) {
    return keys.restricted(
        Map.of("type", "referrer", "allow", List.of("https://app.acme.example/*")));
  }

  private static String soon() {
    return Keys.in(Duration.ofHours(1)).toString();
  }

  private static Attempt minted(Keys keys) {
    return Attempt.with(keys.realm().jwt(keys.tokenKey()));
  }

  private static Attempt ordinary(Keys keys) {
    return Attempt.with(keys.realm().as("alice").get("Authorization").substring(7));
  }

  private static void person(Keys keys, String name, boolean enabled) {
    keys.realm().change(keys.realm().user(name), Map.of("enabled", enabled));
  }

  private static void actions(Keys keys, List<String> pending) {
    keys.realm().change(keys.realm().user("alice"), Map.of("requiredActions", pending));
  }

  private static void optedIn(Keys keys, boolean yes) {
    keys.realm().attribute("acme-api", "access-keys.enabled", String.valueOf(yes));
  }
}
