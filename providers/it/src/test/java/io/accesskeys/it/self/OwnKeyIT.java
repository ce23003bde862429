package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people can do with a key after they have made it. */
class OwnKeyIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("own-key");
    realm.attribute("acme-api", "access-keys.authorization-details-types", "order##invoice");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static boolean works(TestKey key, String query) {
    return realm.verify(key.text(), "?client=acme-api" + query).status() == 200;
  }

  @Nested
  class WhatIsWrittenOnIt {

    @Test
    void isKeptAndCanBeChanged() {
      TestKey key =
          realm.pat(
              "alice", Map.of("description", "for ci", "metadata", Map.of("team", "billing")));
      JsonNode made = realm.own("alice", "GET", key, "", "").expect(200).json();
      assertThat(made.path("description").asText()).isEqualTo("for ci");
      assertThat(made.path("metadata").path("team").asText()).isEqualTo("billing");

      String edit = "{\"name\":\" Größe \",\"description\":null,\"metadata\":{\"a.b\":\"1\"}}";
      JsonNode edited = realm.own("alice", "PATCH", key, "", edit).expect(200).json();

      assertThat(edited.path("name").asText()).isEqualTo("Größe");
      assertThat(edited.has("description")).isFalse();
      assertThat(edited.path("metadata").toString()).isEqualTo("{\"a.b\":\"1\"}");
      assertThat(edited.path("version").asInt()).isGreaterThan(key.version());
      assertThat(realm.own("alice", "GET", key, "", "").json()).isEqualTo(edited);
    }

    /** Outside of the plane that some databases' older character sets end with. */
    @Test
    void mayHaveAnyCharacterThatThereIs() {
      // On MariaDB Keycloak's own table of events ends with that plane.
      realm.change("", Map.of("eventsEnabled", false));
      String text = "Zoë 鍵 🔑";
      TestKey key =
          realm.pat(
              "alice", Map.of("name", text, "description", text, "metadata", Map.of("a", text)));
      JsonNode made = realm.own("alice", "GET", key, "", "").expect(200).json();
      assertThat(made.path("name").asText()).isEqualTo(text);
      assertThat(made.path("description").asText()).isEqualTo(text);
      assertThat(made.path("metadata").path("a").asText()).isEqualTo(text);
      assertThat(realm.admin("GET", "/access-keys?q=" + Http.encode(text), null).body())
          .contains(key.id());
      realm.own("alice", "POST", key, "/revoke", "{\"reason\":\"" + text + "\"}").expect(204);
      realm.change("", Map.of("eventsEnabled", true));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            name          | {"name":""}
            name          | {"name":null}
            name          | {"name":"a\\u0000b"}
            description   | {"description":7}
            metadata      | {"metadata":[]}
            metadata      | {"metadata":{"a b":"x"}}
            metadata.a    | {"metadata":{"a":1}}
            scopes[0]     | {"scopes":["orders:delete"]}
            scopes        | {"scopes":"orders:read"}
            classic       | {"classic":true}
            client        | {"client":"acme-gateway"}
            kind          | {"kind":"api-key"}
            expiresAt     | {"expiresAt":"2030-01-01T00:00:00Z"}
            restrictions  | {"restrictions":{}}
            authorizationDetails[0]      | {"authorizationDetails":[{}]}
            authorizationDetails[0].type | {"authorizationDetails":[{"type":"payment"}]}
            authorizationDetails[0].actions | {"authorizationDetails":[{"type":"order","actions":"read"}]}
            authorizationDetails[0].identifier | {"authorizationDetails":[{"type":"order","identifier":7}]}
            """)
    void isRefusedIfWrongAndChangesNothing(String field, String edit) {
      TestKey key = realm.pat("alice", "orders:read");
      String before = realm.own("alice", "GET", key, "", "").body();

      Reply refused = realm.own("alice", "PATCH", key, "", edit);

      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo(field);
      assertThat(realm.own("alice", "GET", key, "", "").body()).isEqualTo(before);
    }

    @Test
    void isNotChangedAgainstAnotherVersion() {
      TestKey key = realm.pat("alice", "orders:read");
      Map<String, String> stale = TestRealm.and(realm.as("alice"), Map.of("If-Match", "\"9\""));
      Reply refused =
          Http.json("PATCH", realm.uri("/access-keys/" + key.id()), stale, "{\"name\":\"x\"}");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(realm.own("alice", "GET", key, "", "").text("name")).isEqualTo("test");
    }
  }

  @Nested
  class ItsRights {

    @Test
    void canBeNarrowedAtOnceAndWidenedWithinTheOwnersRoles() {
      TestKey key = realm.pat("alice", "orders:read", "orders:write");
      assertThat(works(key, "&scope=orders:write")).isTrue();

      realm.own("alice", "PATCH", key, "", "{\"scopes\":[\"orders:read\"]}").expect(200);
      assertThat(works(key, "&scope=orders:write")).isFalse();
      assertThat(works(key, "&scope=orders:read")).isTrue();

      String more = "{\"scopes\":[\"orders:read\",\"orders:write\"]}";
      realm.own("alice", "PATCH", key, "", more).expect(200);
      assertThat(works(key, "&scope=orders:write")).isTrue();
    }

    @Test
    void areNeverMoreThanTheOwners() {
      TestKey key = realm.pat("bob", "orders:read");
      Reply refused =
          realm.own("bob", "PATCH", key, "", "{\"scopes\":[\"orders:read\",\"orders:write\"]}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("scopes[1]");
    }

    @Test
    void ofAClassicKeyAreWhatTheOwnerCouldHaveAtItsCreation() {
      TestKey alices = realm.pat("alice", Map.of("classic", true));
      TestKey bobs = realm.pat("bob", Map.of("classic", true));
      assertThat(realm.own("alice", "GET", alices, "", "").json().path("scopes").toString())
          .isEqualTo("[\"orders:read\",\"orders:write\"]");
      JsonNode seen = realm.own("bob", "GET", bobs, "", "").json();
      assertThat(seen.path("scopes").toString()).isEqualTo("[\"orders:read\"]");
      assertThat(seen.path("classic").asBoolean()).isTrue();
    }

    @Test
    void limitedToResourcesAreReportedAndInTheToken() {
      List<Map<String, Object>> details =
          List.of(Map.of("type", "order", "actions", List.of("read"), "identifier", "o-1"));
      TestKey key =
          realm.pat(
              "alice", Map.of("scopes", List.of("orders:read"), "authorizationDetails", details));

      JsonNode introspected = realm.introspect(key.text(), Map.of()).json();
      assertThat(introspected.path("authorization_details").path(0).path("identifier").asText())
          .isEqualTo("o-1");
      JsonNode claims = TestRealm.claims(realm.jwt(key));
      assertThat(claims.path("authorization_details"))
          .isEqualTo(introspected.path("authorization_details"));
    }
  }

  @Nested
  class Suspension {

    @Test
    void holdsEverywhereAtOnceAndCanBeEnded() {
      TestKey key = realm.pat("alice", "orders:read");
      String jwt = realm.jwt(key);
      assertThat(works(key, "")).isTrue();

      realm.own("alice", "POST", key, "/suspend", "").expect(204);
      realm.own("alice", "POST", key, "/suspend", "").expect(204);
      assertThat(works(key, "")).isFalse();
      assertThat(realm.introspect(jwt, Map.of()).body()).isEqualTo("{\"active\":false}");
      assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo("suspended");
      assertThat(realm.roll("alice", key, "", Map.of()).status()).isEqualTo(409);

      realm.own("alice", "POST", key, "/resume", "").expect(204);
      assertThat(works(key, "")).isTrue();
      assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
    }

    @Test
    void byAnAdministratorIsNotTheOwnersToEnd() {
      TestKey key = realm.pat("alice", "orders:read");
      realm.adminKey("POST", key, "/suspend", "").expect(204);
      assertThat(works(key, "")).isFalse();
      assertThat(realm.own("alice", "POST", key, "/resume", "").status()).isEqualTo(403);
      assertThat(works(key, "")).isFalse();
      realm.adminKey("POST", key, "/resume", "").expect(204);
      assertThat(works(key, "")).isTrue();
    }

    @Test
    void isNotForARevokedKey() {
      TestKey key = realm.pat("alice", "orders:read");
      realm.revoke("alice", key).expect(204);
      assertThat(realm.own("alice", "POST", key, "/suspend", "").status()).isEqualTo(409);
      assertThat(realm.own("alice", "POST", key, "/resume", "").status()).isEqualTo(409);
      assertThat(realm.own("alice", "PATCH", key, "", "{\"name\":\"x\"}").status()).isEqualTo(409);
    }
  }

  @Nested
  class TheEnd {

    @Test
    void canHaveAReason() {
      TestKey key = realm.pat("alice", "orders:read");
      realm.own("alice", "POST", key, "/revoke", "{\"reason\":\"laptop lost\"}").expect(204);
      JsonNode seen = realm.own("alice", "GET", key, "", "").json();
      assertThat(seen.path("state").asText()).isEqualTo("revoked");
      assertThat(seen.path("revocationReason").asText()).isEqualTo("laptop lost");
      assertThat(Instant.parse(seen.path("revokedAt").asText())).isBefore(Instant.now());
      assertThat(works(key, "")).isFalse();
    }

    @Test
    void mustComeBeforeAKeyIsTakenOffTheList() {
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(realm.own("alice", "POST", key, "/remove", "").status()).isEqualTo(409);
      realm.revoke("alice", key).expect(204);
      realm.own("alice", "POST", key, "/remove", "").expect(204);

      assertThat(Http.get(realm.uri("/access-keys"), realm.as("alice")).body())
          .doesNotContain(key.id());
      assertThat(realm.adminKey("GET", key, "", null).expect(200).text("state"))
          .isEqualTo("revoked");
      assertThat(works(key, "")).isFalse();
    }
  }

  @Nested
  class Dates {

    @Test
    void holdAKeyBackUntilItBegins() {
      Instant begins = Instant.now().plus(Duration.ofDays(1));
      TestKey key =
          realm.pat(
              "alice", Map.of("scopes", List.of("orders:read"), "notBefore", begins.toString()));
      assertThat(works(key, "")).isFalse();
      assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo("pending");
    }

    @Test
    void letNoKeyLiveForEverUnlessPolicyDoes() {
      Reply refused =
          realm.create(
              "alice",
              "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
                  + "\"expiresAt\":null}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("expiresAt");
    }
  }
}
