package io.accesskeys.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.abuse.RawRequest.RawReply;
import io.accesskeys.key.KeyText;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What somebody who has nothing can make the server do. */
class CostIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private static TestRealm realm;
  private static TestKey good;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("cost");
    good = realm.pat("alice", "orders:read");
    realm.change(realm.client("acme-api"), Map.of("webOrigins", List.of("https://app.test")));
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static String madeUp() {
    return KeyText.generate("kcpat", RANDOM).reveal();
  }

  /** Each from an address of its own: other tests report keys too. */
  @Nested
  class AReport {

    private static RawReply report(String from, List<String> keys) {
      String body = JSON.valueToTree(Map.of("keys", keys)).toString();
      return RawRequest.json("/realms/cost/access-keys/exposed", body)
          .sendFrom(from, realm.server().baseUri());
    }

    private static List<String> aThousand() {
      return Stream.generate(CostIT::madeUp).limit(1_000).toList();
    }

    private static Optional<String> header(RawReply reply, String name) {
      Matcher line = Pattern.compile("(?i)\r\n" + name + ": ([^\r]*)").matcher(reply.text());
      return Optional.of(line).filter(Matcher::find).map(found -> found.group(1));
    }

    @Test
    void ofMoreThanAnAddressMayReportIsPutOff() {
      String here = "127.0.0.2";
      TestKey mine = realm.pat("alice", "orders:read");
      assertThat(report(here, aThousand()).status()).isEqualTo(202);
      assertThat(report(here, aThousand()).status()).isEqualTo(202);
      List<String> further =
          Stream.concat(Stream.of(mine.text()), aThousand().stream().skip(1)).toList();
      RawReply refused;
      try (SqlLog sql = SqlLog.of(realm.server())) {
        refused = report(here, further);
        assertThat(sql.statements()).noneMatch(line -> line.contains(" ACCESS_KEY "));
      }
      assertThat(refused.status()).isEqualTo(429);
      int seconds = header(refused, "Retry-After").map(Integer::valueOf).orElseThrow();
      assertThat(seconds).isBetween(30, 120);
      assertThat(header(refused, "Content-Type")).hasValue("application/problem+json");
      assertThat(refused.text()).contains("urn:access-keys:problem:too-many-requests");
      assertThat(realm.verify(mine.text(), "?client=acme-api").status()).isEqualTo(200);

      realm.ahead(
          Duration.ofSeconds(seconds),
          () -> assertThat(report(here, further).status()).as("as it was told").isEqualTo(202));
      assertThat(realm.verify(mine.text(), "?client=acme-api").status()).isEqualTo(401);
    }

    @Test
    void thatIsPutOffIsCountedAndLeavesAnEvent() {
      String here = "127.0.0.3";
      String long128 = "k".repeat(127 * 1_024);
      int answers = 0;
      while (report(here, List.of(long128)).status() == 202) {
        assertThat(++answers).isLessThan(100);
      }
      assertThat(
              realm
                  .admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR&ipAddress=" + here, null)
                  .expect(200)
                  .json()
                  .findValuesAsText("reason"))
          .containsOnly("rate_limited");
      assertThat(Http.get(realm.server().managementUri().resolve("/metrics"), Map.of()).body())
          .containsPattern(
              "access_keys_verifications_total\\{outcome=\"rate_limited\",way=\"exposed\"}");
      assertThat(report("127.0.0.4", List.of("k")).status()).as("others").isEqualTo(202);
    }

    @Test
    void withNamesThatHaveEqualHashesIsRefusedLikeAnyOther() {
      String twins = names(300, bits -> bits.replace("0", "Ab").replace("1", "BA"));
      for (int count = 20; count < 220; count += 20) {
        for (String body : List.of(twins, names(count, bits -> "u" + bits))) {
          RawReply reply =
              RawRequest.json("/realms/cost/access-keys/exposed", body)
                  .sendFrom("127.0.0.5", realm.server().baseUri());
          assertThat(reply.status()).isEqualTo(400);
          assertThat(reply.text()).contains("is not known here");
        }
      }
    }

    private static String names(int count, UnaryOperator<String> name) {
      return IntStream.range(0, count)
          .mapToObj(number -> Integer.toBinaryString(512 + number).substring(1))
          .map(name)
          .collect(Collectors.joining("\":1,\"", "{\"", "\":1}"));
    }
  }

  @Nested
  class WithoutAKey {

    private static final Map<String, String> PAGE = Map.of("Origin", "https://app.test");

    private static int verify(Map<String, String> headers) {
      return Http.get(realm.uri("/access-keys/verify"), headers).status();
    }

    @Test
    void nobodyMakesUsLookThroughAllClients() {
      List<Map<String, String>> requests =
          List.of(
              PAGE,
              TestRealm.and(PAGE, TestRealm.bearer("nonsense")),
              TestRealm.and(PAGE, TestRealm.basic("alice", "nonsense")),
              TestRealm.basic("alice", "nonsense"));
      requests.forEach(CostIT.WithoutAKey::verify);
      try (SqlLog sql = SqlLog.of(realm.server())) {
        for (Map<String, String> request : requests) {
          assertThat(verify(request)).isEqualTo(401);
        }
        // It is remembered for a minute, which may end meanwhile.
        assertThat(sql.statements())
            .filteredOn(line -> line.contains(" CLIENT "))
            .hasSizeLessThan(2);
      }
    }

    @Test
    void nobodyMakesUsLookTwiceForAKeyThatTheyMadeUp() {
      String text = madeUp();
      try (SqlLog sql = SqlLog.of(realm.server())) {
        for (int i = 0; i < 20; i++) {
          assertThat(
                  Http.json("DELETE", realm.uri("/access-keys/self"), TestRealm.bearer(text), "")
                      .status())
              .isEqualTo(401);
        }
        assertThat(sql.statements())
            .filteredOn(line -> line.contains(" ACCESS_KEY "))
            .hasSizeBetween(1, 2);
      }
    }
  }

  /** What is remembered of clients is what is true of them. */
  @Test
  void anotherApiClientIsSeenAtOnceAndSoIsItsEnd() {
    Map<String, String> key = TestRealm.bearer(good.text());
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(200);
    realm
        .admin(
            "POST",
            "/clients",
            "{\"clientId\":\"second\",\"attributes\":{\"access-keys.enabled\":\"true\"}}")
        .expect(201);
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(400);
    realm.attribute("second", "access-keys.enabled", "false");
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(200);
    realm.attribute("second", "access-keys.enabled", "true");
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(400);
    realm.admin("DELETE", realm.client("second"), null).expect(204);
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(200);
  }
}
