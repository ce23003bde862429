package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms at endpoints that take none, and types of a body that cannot be read. */
class UnwantedFormIT {

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private static TestRealm realm;
  private static TestKey pat;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("unwanted-form");
    pat = realm.pat("alice", "orders:read");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static int status(URI uri, List<String> lines, String body) {
    String bearer = "Authorization: " + realm.as("alice").get("Authorization");
    List<String> all = Stream.concat(Stream.of(bearer), lines.stream()).toList();
    // Keycloak would wait a minute.
    return assertTimeout(
        Duration.ofSeconds(10), () -> RawHttp.send("POST", uri, all, body).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "resume", "remove"})
  void areRefusedAtOnceAndChangeNothing(String act) {
    for (URI uri :
        List.of(
            realm.uri("/access-keys/" + pat.id() + "/" + act),
            realm.root("/admin/realms/unwanted-form/access-keys/" + pat.id() + "/" + act))) {
      for (String type :
          List.of(
              FORM, FORM + "; charset=utf-8", "content-type: multipart/form-data; boundary=x")) {
        assertThat(status(uri, List.of(type, "Content-Length: 20"), "")).isEqualTo(400);
        assertThat(status(uri, List.of(type, "Transfer-Encoding: chunked"), "")).isEqualTo(400);
        assertThat(status(uri, List.of(type), "a=%zz")).isEqualTo(400);
      }
    }
    realm.verify(pat.text(), "?client=acme-api").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bogus",
        "a/b/c",
        "multipart/form-data; boundary=",
        "application/x-www-form-urlencoded; charset=",
        "application/x-www-form-urlencoded; charset=nonsense"
      })
  void aTypeThatCannotBeReadIsRefusedAndIsNothingWithoutABody(String type) {
    List<String> line = List.of("Content-Type: " + type);
    for (String path : List.of("", "/self/roll", "/exposed", "/revoke", "/" + pat.id() + "/roll")) {
      assertThat(status(realm.uri("/access-keys" + path), line, "token=%41"))
          .as(path)
          .isEqualTo(400);
    }
    assertThat(
            status(
                realm.root("/admin/realms/unwanted-form/access-keys/find"),
                line,
                "{\"key\":\"x\"}"))
        .isEqualTo(400);
    assertThat(RawHttp.get(realm.uri("/access-keys/openapi.json"), line).status()).isEqualTo(200);
    List<String> asked = List.of(line.get(0), "Authorization: Bearer " + pat.text());
    assertThat(RawHttp.get(realm.uri("/access-keys/self"), asked).status()).isEqualTo(200);
    assertThat(RawHttp.get(realm.uri("/access-keys/verify?client=acme-api"), asked).status())
        .isEqualTo(200);
  }

  @Test
  void thatAreEmptyAreNone() {
    String key = "/access-keys/" + realm.pat("alice").id();
    List<String> empty = List.of(FORM, "Content-Length: 0");
    assertThat(status(realm.uri(key + "/suspend"), empty, "")).isBetween(200, 204);
    assertThat(status(realm.uri(key + "/resume"), empty, "")).isBetween(200, 204);
  }
}
