package io.accesskeys.it.restriction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Restrictions other than by address, one that another jar brings, and those a policy requires. */
class RestrictionTypesIT {

  private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("restriction-types");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static TestKey restrictedTo(Map<String, ?> restriction) {
    return realm.pat(
        "alice", Map.of("scopes", List.of("orders:read"), "restrictions", List.of(restriction)));
  }

  private static int verify(TestKey key, Map<String, String> headers) {
    return Http.get(
            realm.uri("/access-keys/verify?client=acme-api"),
            TestRealm.and(TestRealm.bearer(key.text()), headers))
        .status();
  }

  private static int grant(TestKey key, Map<String, String> headers) {
    return Http.form(
            realm.uri("/protocol/openid-connect/token"),
            headers,
            Map.of(
                "grant_type", TestRealm.GRANT, "client_id", "acme-api", "access_key", key.text()))
        .status();
  }

  private static boolean active(String token, Map<String, String> fields) {
    return realm.introspect(token, fields).expect(200).json().path("active").asBoolean();
  }

  private static JsonNode explain(TestKey key, String json) {
    return realm.adminKey("POST", key, "/explain", json).expect(200).json();
  }

  @Nested
  class Headers {

    private void decideOnEveryWayIn(
        TestKey key, Map<String, String> right, Map<String, String> wrong, String reason) {
      assertThat(verify(key, right)).isEqualTo(200);
      assertThat(grant(key, right)).isEqualTo(200);
      assertThat(active(key.text(), Map.of("client_headers", json(right)))).isTrue();
      for (Map<String, String> bad : List.of(wrong, Map.<String, String>of())) {
        assertThat(verify(key, bad)).isEqualTo(401);
        assertThat(grant(key, bad)).isEqualTo(400);
        assertThat(active(key.text(), Map.of("client_headers", json(bad)))).isFalse();
      }
      assertThat(active(key.text(), Map.of())).isFalse();
      JsonNode why = explain(key, "{\"headers\":" + json(wrong) + "}");
      assertThat(why.path("reason").asText()).isEqualTo("restriction");
      assertThat(why.path("restrictionReason").asText()).isEqualTo(reason);
    }

    private String json(Map<String, String> headers) {
      StringBuilder json = new StringBuilder("{");
      headers.forEach(
          (name, value) ->
              json.append(json.length() > 1 ? "," : "")
                  .append("\"%s\":\"%s\"".formatted(name, value)));
      return json.append('}').toString();
    }

    @Test
    void aWebsiteIsKnownByTheReferrer() {
      decideOnEveryWayIn(
          restrictedTo(Map.of("type", "referrer", "allow", List.of("https://*.example.com/*"))),
          Map.of("referer", "https://www.example.com/map?x=1"),
          Map.of("Referer", "https://www.example.net/"),
          "referrer_not_allowed");
    }

    @Test
    void anAndroidAppIsKnownByPackageAndCertificate() {
      decideOnEveryWayIn(
          restrictedTo(
              Map.of(
                  "type",
                  "android",
                  "allow",
                  List.of(Map.of("packageName", "com.example.app", "sha1Fingerprint", SHA1)))),
          Map.of("X-Android-Package", "com.example.app", "X-Android-Cert", SHA1),
          Map.of("X-Android-Package", "com.example.app", "X-Android-Cert", SHA1.replace('0', '1')),
          "app_not_allowed");
    }

    @Test
    void anIosAppIsKnownByItsBundleId() {
      decideOnEveryWayIn(
          restrictedTo(Map.of("type", "ios", "allow", List.of("com.example.App"))),
          Map.of("X-Ios-Bundle-Identifier", "com.example.App"),
          Map.of("X-Ios-Bundle-Identifier", "com.example.Other"),
          "app_not_allowed");
    }

    @Test
    void aTokenMintedFromTheKeyIsActiveOnlyWithTheHeaders() {
      TestKey key = restrictedTo(Map.of("type", "ios", "allow", List.of("com.example.App")));
      String jwt =
          Http.form(
                  realm.uri("/protocol/openid-connect/token"),
                  Map.of("X-Ios-Bundle-Identifier", "com.example.App"),
                  Map.of(
                      "grant_type",
                      TestRealm.GRANT,
                      "client_id",
                      "acme-api",
                      "access_key",
                      key.text()))
              .expect(200)
              .text("access_token");
      String right = "{\"X-Ios-Bundle-Identifier\":\"com.example.App\"}";
      assertThat(active(jwt, Map.of("client_headers", right))).isTrue();
      assertThat(active(jwt, Map.of())).isFalse();
    }

    @Test
    void whatIsNoObjectOfStringsIsRefused() {
      TestKey key = realm.pat("alice", "orders:read");
      String twice = "{\"Referer\":\"https://a.example/\",\"referer\":\"https://b.example/\"}";
      for (String bad :
          List.of("", "x", "[]", "null", "1", "{\"a\":1}", "{\"a\":null}", "{", twice)) {
        Reply reply = realm.introspect(key.text(), Map.of("client_headers", bad));
        assertThat(reply.status()).as(bad).isEqualTo(400);
        assertThat(reply.text("error")).as(bad).isEqualTo("invalid_request");
      }
    }
  }

  @Nested
  class ACallingClient {

    @Test
    void isKnownByItsAuthentication() {
      TestKey gateway =
          restrictedTo(
              Map.of("type", "client", "allow", List.of("acme-gateway", "billing-worker")));
      TestKey other = restrictedTo(Map.of("type", "client", "allow", List.of("acme-api")));
      assertThat(active(gateway.text(), Map.of())).isTrue();
      assertThat(active(other.text(), Map.of())).isFalse();
      // Nobody authenticates at forward-auth, and acme-api is public: anybody can say so.
      assertThat(verify(gateway, Map.of())).isEqualTo(401);
      assertThat(verify(other, Map.of())).isEqualTo(401);
      assertThat(grant(other, Map.of())).isEqualTo(400);
      assertThat(explain(gateway, "{\"caller\":\"acme-gateway\"}").path("allowed").asBoolean())
          .isTrue();
      assertThat(explain(gateway, "{}").path("restrictionReason").asText())
          .isEqualTo("caller_unknown");
    }

    @Test
    void isRememberedInATokenThatItGotForTheKey() {
      try (TestRealm confidential = TestRealm.create("restriction-caller")) {
        confidential.change(
            confidential.client("acme-api"), Map.of("publicClient", false, "secret", "s3cret"));
        TestKey key =
            confidential.pat(
                "alice",
                Map.of(
                    "scopes",
                    List.of("orders:read"),
                    "restrictions",
                    List.of(Map.of("type", "client", "allow", List.of("acme-api")))));
        String jwt =
            confidential
                .grant(key.text(), Map.of("client_secret", "s3cret"))
                .expect(200)
                .text("access_token");
        assertThat(TestRealm.claims(jwt).path("access_key_caller").asText()).isEqualTo("acme-api");
        assertThat(confidential.introspect(jwt, Map.of()).json().path("active").asBoolean())
            .isTrue();
        assertThat(confidential.introspect(key.text(), Map.of()).json().path("active").asBoolean())
            .isFalse();
      }
    }
  }

  @Nested
  class ARefusal {

    @Test
    void saysInItsEventWhichRestrictionAndWhy() {
      TestKey key = restrictedTo(Map.of("type", "ip", "allow", List.of("203.0.113.0/24")));
      assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
      // Not the newest: a test that was ahead of the clock has left events of tomorrow.
      JsonNode details =
          StreamSupport.stream(
                  realm
                      .admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null)
                      .expect(200)
                      .json()
                      .spliterator(),
                  false)
              .map(event -> event.path("details"))
              .filter(each -> each.path("access_key_id").asText().equals(key.id()))
              .findFirst()
              .orElseThrow();
      assertThat(details.path("reason").asText()).isEqualTo("restriction");
      assertThat(details.path("restriction").asText()).isEqualTo("ip");
      assertThat(details.path("restriction_reason").asText()).isEqualTo("address_not_allowed");
    }
  }

  @Nested
  class ARestrictionOfAnotherJar {

    private Duration untilTomorrowAt(int hour) {
      LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
      return Duration.between(Instant.now(), tomorrow.atTime(hour, 0).toInstant(ZoneOffset.UTC));
    }

    @Test
    void isListedBesideOurs() {
      Reply types = Http.get(realm.uri("/access-keys/restriction-types"), realm.as("alice"));
      assertThat(types.expect(200).json().findValuesAsText("type"))
          .containsExactly("android", "client", "ios", "ip", "referrer", "time-of-day");
      assertThat(types.json().findValuesAsText("deterrent"))
          .containsExactly("true", "false", "true", "false", "true", "false");
      assertThat(types.json().findValuesAsText("messageKey"))
          .contains("accessKeyRestriction-time-of-day");
    }

    @Test
    void isAskedLikeOurs() {
      TestKey key = restrictedTo(Map.of("type", "time-of-day", "from", "10:00", "to", "12:00"));
      realm.ahead(
          untilTomorrowAt(9),
          () -> {
            assertThat(verify(key, Map.of())).isEqualTo(401);
            assertThat(explain(key, "{}").path("restrictionReason").asText())
                .isEqualTo("time_not_allowed");
          });
      realm.ahead(untilTomorrowAt(11), () -> assertThat(verify(key, Map.of())).isEqualTo(200));
      realm.ahead(untilTomorrowAt(13), () -> assertThat(verify(key, Map.of())).isEqualTo(401));
    }

    @Test
    void isShownAndSummedUp() {
      TestKey key = restrictedTo(Map.of("type", "time-of-day", "from", "08:00", "to", "18:00"));
      JsonNode shown = realm.own("alice", "GET", key, "", "").expect(200).json();
      assertThat(shown.at("/restrictions/0").toString())
          .isEqualTo("{\"type\":\"time-of-day\",\"from\":\"08:00\",\"to\":\"18:00\"}");
      assertThat(shown.at("/restrictionSummaries/0/summary").asText())
          .isEqualTo("from 08:00 to 18:00 UTC");
      assertThat(shown.at("/restrictionSummaries/0/deterrent").asBoolean(true)).isFalse();
    }

    @Test
    void hasItsOwnErrorsWithThePathOfTheMember() {
      Reply refused =
          realm.create(
              "alice",
              """
              {"kind":"personal-access-token","name":"n","client":"acme-api",
               "restrictions":[{"type":"time-of-day","from":"8","to":"18:00"}]}
              """);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("restrictions[0].from");
    }
  }

  @Nested
  class APolicyThatRequiresThem {

    @AfterEach
    void requireNothing() {
      realm.policy(Map.of()).expect(204);
    }

    private Reply make(String restrictions) {
      return realm.create(
          "alice",
          """
          {"kind":"personal-access-token","name":"n","client":"acme-api","restrictions":%s}
          """
              .formatted(restrictions));
    }

    private String beyondPolicy() {
      return realm.admin("GET", "/access-keys?beyondPolicy=true&max=1000", null).body();
    }

    @Test
    void isKeptByNewKeysAndEdits() {
      realm.policy(Map.of("personal-access-token.required-restrictions", "ip")).expect(204);
      Reply without = make("[]");
      assertThat(without.status()).isEqualTo(400);
      assertThat(without.text("field")).isEqualTo("restrictions");
      assertThat(make("[{\"type\":\"ios\",\"allow\":[\"a\"]}]").status()).isEqualTo(400);
      TestKey key = TestKey.of(make("[{\"type\":\"ip\",\"allow\":[\"127.0.0.0/8\"]}]").expect(201));
      Reply loosened = realm.own("alice", "PATCH", key, "", "{\"restrictions\":[]}");
      assertThat(loosened.status()).isEqualTo(400);
      assertThat(loosened.text("field")).isEqualTo("restrictions");
      realm.own("alice", "PATCH", key, "", "{\"name\":\"renamed\"}").expect(200);
      // Of another kind nothing is required.
      assertThat(realm.verify(realm.apiKey("orders:read").text(), "?client=acme-api").status())
          .isEqualTo(200);
    }

    @Test
    void endsKeysThatLackThemOnItsDateAndNotTheOthers() {
      TestKey without = realm.pat("alice", "orders:read");
      TestKey with = restrictedTo(Map.of("type", "ip", "allow", List.of("127.0.0.0/8")));
      String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
      realm
          .policy(
              Map.of(
                  "personal-access-token.required-restrictions",
                  "ip",
                  "existing-keys-enforced-from",
                  tomorrow))
          .expect(204);
      assertThat(beyondPolicy()).contains(without.id()).doesNotContain(with.id());
      assertThat(realm.own("alice", "GET", without, "", "").text("endsAt")).isEqualTo(tomorrow);
      assertThat(realm.own("alice", "GET", with, "", "").text("endsAt")).isEmpty();
      assertThat(verify(without, Map.of())).isEqualTo(200);
      realm.ahead(
          Duration.ofHours(25),
          () -> {
            assertThat(verify(without, Map.of())).isEqualTo(401);
            assertThat(verify(with, Map.of())).isEqualTo(200);
          });
      realm
          .own(
              "alice",
              "PATCH",
              without,
              "",
              "{\"restrictions\":[{\"type\":\"ip\",\"allow\":[\"127.0.0.0/8\"]}]}")
          .expect(200);
      realm.ahead(Duration.ofHours(25), () -> assertThat(verify(without, Map.of())).isEqualTo(200));
    }

    @Test
    void mustNameTypesThatAreInstalled() {
      Reply refused =
          realm.policy(Map.of("personal-access-token.required-restrictions", "ip##moon"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("personal-access-token.required-restrictions");
      realm
          .policy(Map.of("personal-access-token.required-restrictions", "time-of-day"))
          .expect(204);
    }
  }
}
