package io.accesskeys.restriction.referrer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.Facts;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferrerRestrictionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # pattern                    | Referer                                   | allowed
          https://www.example.com      | https://www.example.com                   | true
          https://www.example.com      | https://www.example.com/                  | true
          https://www.example.com      | https://www.example.com/a/b?c=d#e         | true
          https://www.example.com/     | https://www.example.com/a                 | true
          https://www.example.com/*    | https://www.example.com/a                 | true
          https://www.example.com      | https://WWW.Example.COM/a                 | true
          https://WWW.Example.com      | https://www.example.com/a                 | true
          https://www.example.com      | HTTPS://www.example.com/a                 | true
          # scheme
          https://www.example.com      | http://www.example.com/                   | false
          http://www.example.com       | https://www.example.com/                  | false
          www.example.com              | http://www.example.com/                   | true
          www.example.com              | https://www.example.com/                  | true
          www.example.com              | ftp://www.example.com/                    | -
          # host
          https://example.com          | https://www.example.com/                  | false
          https://example.com          | https://example.com.evil.test/            | false
          https://example.com          | https://notexample.com/                   | false
          https://example.com          | https://evil.test/https://example.com     | false
          https://example.com          | https://evil.test/?https://example.com/   | false
          https://example.com          | https://evil.test/#https://example.com/   | false
          https://example.com          | https://example.com@evil.test/            | -
          https://example.com          | https://user:pw@example.com/              | -
          https://*.example.com        | https://www.example.com/                  | true
          https://*.example.com        | https://a.b.example.com/                  | true
          https://*.example.com        | https://example.com/                      | false
          https://*.example.com        | https://wwwexample.com/                   | false
          https://*.example.com        | https://www.example.com.evil.test/        | false
          *.example.com/*              | http://www.example.com/x                  | true
          https://10.0.0.1             | https://10.0.0.1/                         | true
          https://10.0.0.1             | https://10.0.0.10/                        | false
          localhost:*                  | http://localhost:3000/                    | true
          https://bücher.example       | https://xn--bcher-kva.example/            | true
          # port
          https://example.com          | https://example.com:443/                  | true
          https://example.com          | https://example.com:8443/                 | false
          https://example.com:8443     | https://example.com:8443/                 | true
          https://example.com:8443     | https://example.com/                      | false
          https://example.com:*        | https://example.com:8443/                 | true
          https://example.com:*        | https://example.com/                      | true
          example.com                  | http://example.com:443/                   | false
          http://example.com:80        | http://example.com/                       | true
          # path
          https://example.com/shop/*   | https://example.com/shop/cart             | true
          https://example.com/shop/*   | https://example.com/shop/                 | true
          https://example.com/shop/*   | https://example.com/shop                  | false
          https://example.com/shop/*   | https://example.com/shopping              | false
          https://example.com/shop*    | https://example.com/shopping              | true
          https://example.com/shop     | https://example.com/shop                  | true
          https://example.com/shop     | https://example.com/shop?x                | true
          https://example.com/shop     | https://example.com/shop/                 | false
          https://example.com/shop     | https://example.com/Shop                  | false
          https://example.com/shop/*   | https://example.com/shop/../admin         | -
          https://example.com/shop/*   | https://example.com/shop/./admin          | -
          https://example.com/shop/*   | https://example.com/shop/%2E%2e/admin     | -
          https://example.com/shop/*   | https://example.com/shop/..               | -
          https://example.com/shop/*   | https://example.com/shop//a               | true
          https://example.com/shop/*   | https://example.com/shop/.a/..b           | true
          https://example.com/shop/*   | https://example.com/                      | false
          # what is no URL of a page
          https://example.com          | example.com                               | -
          https://example.com          | //example.com/                            | -
          https://example.com          | https:///                                 | -
          https://example.com          | https://                                  | -
          https://example.com          | null                                      | -
          https://example.com          | about:blank                               | -
          https://example.com          | file:///tmp/x.html                        | -
          https://example.com          | https://exam ple.com/                     | -
          https://example.com          | https://example.com\\@evil.test/           | -
          https://example.com          | https://example.com:99999999999/          | -
          """)
  void pagesAreAllowedByThePattern(String pattern, String referer, Boolean allowed) {
    Verdict verdict = restriction(pattern).allows(Facts.headers(sent(referer, null)));
    assertThat(verdict)
        .isEqualTo(
            allowed == null
                ? new Verdict.Denied("referrer_unreadable")
                : Verdict.allowedIf(allowed, "referrer_not_allowed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # pattern                   | Referer                     | Origin                  | denied as
          https://example.com         | -                           | https://example.com     | -
          https://example.com/*       | -                           | https://example.com     | -
          https://example.com/shop/*  | -                           | https://example.com     | referrer_not_allowed
          https://example.com         | -                           | https://evil.test       | referrer_not_allowed
          https://example.com         | -                           | http://example.com      | referrer_not_allowed
          https://example.com         | -                           | null                    | referrer_unreadable
          https://example.com         | https://example.com/a       | https://example.com     | -
          https://example.com/shop/*  | https://example.com/shop/a  | https://example.com     | -
          https://example.com         | https://example.com/a       | https://example.com:443 | -
          https://example.com         | https://example.com/a       | https://evil.test       | referrer_not_allowed
          https://example.com         | https://evil.test/          | https://example.com     | referrer_not_allowed
          https://example.com         | https://example.com/a       | null                    | referrer_unreadable
          https://example.com         | -                           | -                       | referrer_unknown
          """)
  void pageAndOriginMustAgree(String pattern, String referer, String origin, String denied) {
    assertThat(restriction(pattern).allows(Facts.headers(sent(referer, origin))))
        .isEqualTo(denied == null ? Verdict.ALLOWED : new Verdict.Denied(denied));
  }

  @Test
  void aHeaderThatIsThereTwiceIsNone() {
    Map<String, List<String>> twice =
        Map.of("referer", List.of("https://example.com/", "https://example.com/"));
    assertThat(restriction("https://example.com").allows(Facts.headers(twice)))
        .isEqualTo(new Verdict.Denied("referrer_unreadable"));
  }

  @Test
  void oneOfSeveralPatternsIsEnough() {
    Restriction restriction = restriction("https://a.example", "https://b.example");
    assertThat(restriction.allows(Facts.headers(sent("https://b.example/x", null))))
        .isEqualTo(Verdict.ALLOWED);
    assertThat(restriction.summary())
        .isEqualTo("from the websites https://a.example, https://b.example");
    assertThat(restriction.deterrent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.*",
        "*.com",
        "https://*",
        "https://*.com",
        "https://*.10.0.0.1",
        "https://",
        "https:///",
        "ftp://example.com",
        "file:///tmp",
        "javascript:alert(1)",
        "https://www.*.com",
        "https://exa*mple.com",
        "https://example.com/a*b",
        "https://example.com/**",
        "https://example.com/?q=1",
        "https://example.com/#top",
        "https://user@example.com",
        "https://example.com:0",
        "https://example.com:65536",
        "https://example.com:http",
        "https://example.com*",
        "https://example..com",
        "https://-example.com",
        "https://exam_ple.com",
        "https://exam ple.com",
        " https://example.com",
        "https://example.com ",
        "https://[::1]/"
      })
  void whatIsNoWebsiteIsRefused(String pattern) {
    JsonNode json = json(pattern);
    assertThatThrownBy(() -> new ReferrerRestrictionType().parse(json, "r[0]"))
        .isInstanceOfSatisfying(
            InvalidRestrictionException.class,
            e -> assertThat(e.field()).isEqualTo("r[0].allow[0]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'referrer'}                                        | r[0].allow
          {'type':'referrer','allow':[]}                             | r[0].allow
          {'type':'referrer','allow':'https://example.com'}          | r[0].allow
          {'type':'referrer','allow':[1]}                            | r[0].allow[0]
          {'type':'referrer','allow':['https://a.example','x y']}    | r[0].allow[1]
          {'type':'referrer','allow':['https://a.example'],'not':[]} | r[0].not
          """)
  void errorNamesTheMember(String singleQuoted, String field) throws IOException {
    JsonNode json = JSON.readTree(singleQuoted.replace('\'', '"'));
    assertThatThrownBy(() -> new ReferrerRestrictionType().parse(json, "r[0]"))
        .isInstanceOfSatisfying(
            InvalidRestrictionException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void aLongPatternIsRefusedAtOnce() {
    JsonNode json = json("https://" + "a.".repeat(1 << 19) + "com");
    assertThatThrownBy(() -> new ReferrerRestrictionType().parse(json, "r[0]"))
        .isInstanceOf(InvalidRestrictionException.class);
  }

  private static Map<String, List<String>> sent(String referer, String origin) {
    Map<String, List<String>> headers = new HashMap<>();
    if (referer != null) {
      headers.put("referer", List.of(referer));
    }
    if (origin != null) {
      headers.put("origin", List.of(origin));
    }
    return headers;
  }

  private static JsonNode json(String... patterns) {
    ObjectNode json = JSON.createObjectNode().put("type", "referrer");
    List.of(patterns).forEach(json.putArray("allow")::add);
    return json;
  }

  private static Restriction restriction(String... patterns) {
    try {
      Restriction restriction = new ReferrerRestrictionType().parse(json(patterns), "r[0]");
      assertThat(restriction.toJson()).isEqualTo(json(patterns));
      return restriction;
    } catch (InvalidRestrictionException e) {
      throw new AssertionError(e.field() + " " + e.getMessage(), e);
    }
  }
}
