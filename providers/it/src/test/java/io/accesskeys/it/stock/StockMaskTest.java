package io.accesskeys.it.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.it.stock.StockRequest.Addition;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two servers may tell differently, and that nothing else is taken for it. */
class StockMaskTest {

  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  private static final String FIXED = "a11ce000-0000-4000-8000-000000000001";

  private final StockMask one = new StockMask(URI.create("http://127.0.0.1:1001"), Set.of(FIXED));
  private final StockMask other = new StockMask(URI.create("http://127.0.0.1:1002"), Set.of(FIXED));

  private static StockAnswer json(StockMask mask, String body) {
    return mask.of(200, Map.of("content-type", List.of("application/json")), body, NOW);
  }

  private static StockAnswer header(StockMask mask, String name, String... values) {
    return mask.of(302, Map.of(name, List.of(values)), "", NOW);
  }

  private static String jwt(String claims, String signature) {
    return "{\"access_token\":\""
        + base64("{\"alg\":\"RS256\",\"kid\":\"k\"}")
        + "."
        + base64(claims)
        + "."
        + signature
        + "\"}";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static long in(long seconds) {
    return NOW.getEpochSecond() + seconds;
  }

  private void assertAlike(String mine, String theirs) {
    assertThat(json(one, mine)).isEqualTo(json(other, theirs));
  }

  private void assertDifferent(String mine, String theirs) {
    assertThat(json(one, mine)).isNotEqualTo(json(other, theirs));
  }

  @Test
  void idsTimesAndSignaturesMayDiffer() {
    assertAlike(
        jwt("{\"jti\":\"onrtro:1\",\"iat\":" + in(0) + ",\"exp\":" + in(300) + "}", "aaaa"),
        jwt("{\"jti\":\"onrtro:2\",\"iat\":" + in(-2) + ",\"exp\":" + in(298) + "}", "bbbb"));
    assertAlike("{\"id\":\"" + UUID.randomUUID() + "\"}", "{\"id\":\"" + UUID.randomUUID() + "\"}");
    assertAlike("{\"expires_in\":300}", "{\"expires_in\":299}");
    assertAlike("{\"time\":" + in(-1) + "123}", "{\"time\":" + in(-4) + "456}");
    assertAlike("{\"at_hash\":\"a\"}", "{\"at_hash\":\"b\"}");
  }

  @Test
  void theAddressOfTheServerMayDiffer() {
    assertAlike(
        "{\"iss\":\"http://127.0.0.1:1001/realms/x\"}",
        "{\"iss\":\"http://127.0.0.1:1002/realms/x\"}");
    assertThat(header(one, "location", "/x?to=http%3A%2F%2F127.0.0.1%3A1001"))
        .isEqualTo(header(other, "location", "/x?to=http%3A%2F%2F127.0.0.1%3A1002"));
    assertDifferent(
        "{\"iss\":\"http://127.0.0.1:1001/realms/x\"}",
        "{\"iss\":\"https://127.0.0.1:1002/realms/x\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a member more|{'a':1}|{'a':1,'b':2}",
        "a value|{'scope':'a b'}|{'scope':'a'}",
        "the order of an array|{'aud':['a','b']}|{'aud':['b','a']}",
        "a small number|{'count':1}|{'count':2}",
        "a number and its text|{'count':1}|{'count':'1'}",
        "null and nothing|{'a':null}|{}",
        "a shorter span|{'expires_in':300}|{'expires_in':60}",
        "an id that the realm came with|{'sub':'a11ce000-0000-4000-8000-000000000001'}"
            + "|{'sub':'b11ce000-0000-4000-8000-000000000001'}",
      })
  void whatIsNoIdOrTimeMustBeTheSame(String what, String mine, String theirs) {
    assertDifferent(mine.replace('\'', '"'), theirs.replace('\'', '"'));
  }

  @Test
  void aClaimInsideAJwtMustBeTheSame() {
    assertDifferent(jwt("{\"scope\":\"a\"}", "aaaa"), jwt("{\"scope\":\"a b\"}", "aaaa"));
    assertDifferent(
        jwt("{\"exp\":" + in(300) + "}", "aaaa"), jwt("{\"exp\":" + in(900) + "}", "aaaa"));
    assertDifferent(jwt("{\"exp\":" + in(300) + "}", "aaaa"), jwt("{\"exp\":1}", "aaaa"));
  }

  @Test
  void theSameIdMustBeTheSameAgain() {
    String alice = UUID.randomUUID().toString();
    String bob = UUID.randomUUID().toString();
    assertAlike("{\"id\":\"" + alice + "\"}", "{\"id\":\"" + bob + "\"}");
    assertAlike("{\"url\":\"/users/" + alice + "\"}", "{\"url\":\"/users/" + bob + "\"}");
    assertDifferent("{\"id\":\"" + alice + "\"}", "{\"id\":\"" + UUID.randomUUID() + "\"}");
  }

  @Test
  void scopesMayStandInAnyOrder() {
    assertAlike("{\"scope\":\"phone a:read\"}", "{\"scope\":\"a:read phone\"}");
    assertDifferent("{\"scope\":\"phone a:read\"}", "{\"scope\":\"phone\"}");
    assertDifferent("{\"scope\":\"phone phone\"}", "{\"scope\":\"phone\"}");
    assertDifferent("{\"name\":\"phone a:read\"}", "{\"name\":\"a:read phone\"}");
  }

  @Test
  void headersMustBeTheSame() {
    assertThat(header(one, "location", "/a")).isNotEqualTo(header(other, "location", "/b"));
    assertThat(header(one, "cache-control", "no-store"))
        .isNotEqualTo(header(other, "pragma", "no-store"));
    assertThat(header(one, "vary", "a")).isNotEqualTo(header(other, "vary", "a", "b"));
    assertThat(header(one, "date", "now")).isEqualTo(header(other, "date", "later"));
  }

  @Test
  void cookiesMayDifferInTheirValuesOnly() {
    StockAnswer mine = header(one, "set-cookie", "AUTH_SESSION_ID=abcdefgh.x;Path=/;HttpOnly");
    assertThat(mine)
        .isEqualTo(header(other, "set-cookie", "AUTH_SESSION_ID=12345678.y;Path=/;HttpOnly"))
        .isNotEqualTo(header(other, "set-cookie", "AUTH_SESSION_ID=12345678.z;Path=/"))
        .isNotEqualTo(header(other, "set-cookie", "AUTH_SESSION=12345678.y;Path=/;HttpOnly"))
        .isNotEqualTo(header(other, "set-cookie", "AUTH_SESSION_ID=;Path=/;HttpOnly"));
  }

  @Test
  void pagesMayDifferInWhatIsMadeForThemOnly() {
    String page = "<a href=\"/resources/%s/x.css\"><form action=\"/?session_code=%s&amp;x=1\">%s";
    StockAnswer mine = json(one, page.formatted("abc12", "first-code", "Sign in"));
    assertThat(mine)
        .isEqualTo(json(other, page.formatted("def34", "second-code", "Sign in")))
        .isNotEqualTo(json(other, page.formatted("def34", "second-code", "Sign out")));
  }

  @Test
  void whatIsAddedMustBeThereOnce() {
    Addition addition = new Addition("urn:x", "/grants");
    StockAnswer stock = json(one, "{\"grants\":[\"a\"]}");
    assertThat(json(other, "{\"grants\":[\"a\",\"urn:x\"]}").without(addition)).isEqualTo(stock);
    assertThat(json(other, "{\"grants\":[\"b\",\"urn:x\"]}").without(addition)).isNotEqualTo(stock);
    for (String wrong :
        List.of("{\"grants\":[\"a\"]}", "{\"grants\":[\"urn:x\",\"urn:x\"]}", "{}")) {
      StockAnswer answer = json(other, wrong);
      assertThatThrownBy(() -> answer.without(addition)).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void everyRequestHasANameOfItsOwn() {
    assertThat(StockRequest.all()).extracting(StockRequest::toString).doesNotHaveDuplicates();
  }
}
