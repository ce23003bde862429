package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpRestrictionTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Verdict UNKNOWN = new Verdict.Denied("address_unknown");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # allow                         | not           | other allow                  | other not      | within
          203.0.113.0/24                  |               | 203.0.113.0/24               |                | true
          203.0.113.7                     |               | 203.0.113.0/24               |                | true
          203.0.113.0/24                  |               | 203.0.113.0/25 203.0.113.128/25 |             | true
          203.0.113.0/24                  |               | 203.0.113.0/25               |                | false
          203.0.112.0/23                  |               | 203.0.113.0/24               |                | false
          203.0.113.0/24                  | 203.0.113.7   | 203.0.113.0/24               | 203.0.113.7    | true
          203.0.113.0/24                  |               | 203.0.113.0/24               | 203.0.113.7    | false
          203.0.113.0/24                  |               | 203.0.112.0/22               | 203.0.112.7    | true
          203.0.113.0/24 198.51.100.0/24  |               | 203.0.113.0/24               |                | false
          203.0.113.0/24 198.51.100.0/24  |               | 203.0.113.0/24 198.51.0.0/16 |                | true
          255.255.255.0/24                |               | 255.0.0.0/8                  |                | true
          255.0.0.0/8                     |               | 255.255.255.0/24             |                | false
          255.0.0.0/8                     |               | 255.0.0.0/8                  | 255.255.255.255 | false
          0.0.0.0/0                       |               | 0.0.0.0/0                    |                | true
          203.0.113.0/24                  |               | ::/0                         |                | false
          2001:db8::/48                   |               | 2001:db8::/32                |                | true
          2001:db8::/32                   |               | 2001:db8::/48                |                | false
          203.0.113.0/24 2001:db8::/48    |               | 203.0.113.0/24               |                | false
          203.0.113.0/24                  | 203.0.113.0/24 | 198.51.100.0/24             |                | true
          """)
  void isWithinAnotherIfThatAllowsAllThatItAllows(
      String allow, String not, String otherAllow, String otherNot, boolean within)
      throws InvalidRestrictionException {
    assertThat(restriction(allow, not).isWithin(restriction(otherAllow, otherNot)))
        .isEqualTo(within);
  }

  @Nested
  class ARequest {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            # address                 | allow                        | not             | allowed
            203.0.113.7               | 203.0.113.0/24               |                 | true
            203.0.113.0               | 203.0.113.0/24               |                 | true
            203.0.113.255             | 203.0.113.0/24               |                 | true
            203.0.112.255             | 203.0.113.0/24               |                 | false
            203.0.114.0               | 203.0.113.0/24               |                 | false
            203.0.113.7               | 203.0.113.7                  |                 | true
            203.0.113.7               | 203.0.113.7/32               |                 | true
            203.0.113.8               | 203.0.113.7/32               |                 | false
            203.0.113.5               | 203.0.113.6/31               |                 | false
            203.0.113.6               | 203.0.113.6/31               |                 | true
            203.0.113.7               | 203.0.113.6/31               |                 | true
            203.0.113.8               | 203.0.113.6/31               |                 | false
            203.0.113.127             | 203.0.113.128/25             |                 | false
            203.0.113.128             | 203.0.113.128/25             |                 | true
            10.127.255.255            | 10.128.0.0/9                 |                 | false
            10.128.0.0                | 10.128.0.0/9                 |                 | true
            127.255.255.255           | 128.0.0.0/1                  |                 | false
            128.0.0.0                 | 128.0.0.0/1                  |                 | true
            255.255.255.255           | 128.0.0.0/1                  |                 | true
            0.0.0.0                   | 0.0.0.0/0                    |                 | true
            255.255.255.255           | 0.0.0.0/0                    |                 | true
            ::1                       | 0.0.0.0/0                    |                 | false
            2001:db8::1               | 0.0.0.0/0                    |                 | false
            ::1.2.3.4                 | 0.0.0.0/0                    |                 | false
            8.8.8.8                   | 1.2.3.4 8.8.8.0/24           |                 | true
            8.8.9.8                   | 1.2.3.4 8.8.8.0/24           |                 | false
            # IPv6
            2001:db8::1               | 2001:db8::/32                |                 | true
            2001:DB8:0:0:0:0:0:1      | 2001:db8::/32                |                 | true
            2001:db9::1               | 2001:db8::/32                |                 | false
            2001:db7:ffff::1          | 2001:db8::/32                |                 | false
            2001:0db8:0000:0000:0000:0000:0000:0001 | 2001:db8::1    |                 | true
            ::1                       | 0:0:0:0:0:0:0:1              |                 | true
            ::2                       | ::1                          |                 | false
            febf::1                   | fe80::/10                    |                 | true
            fec0::1                   | fe80::/10                    |                 | false
            2001:db8:0:7fff::1        | 2001:db8:0:8000::/49         |                 | false
            2001:db8:0:8000::1        | 2001:db8:0:8000::/49         |                 | true
            ::                        | ::/0                         |                 | true
            ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | ::/0           |                 | true
            ::1.2.3.4                 | ::/0                         |                 | true
            1.2.3.4                   | ::/0                         |                 | false
            ::ffff:1.2.3.4            | ::/0                         |                 | false
            1.2.3.4                   | 0.0.0.0/0 ::/0               |                 | true
            # IPv4 in the form of IPv6 is IPv4
            ::ffff:1.2.3.4            | 1.2.3.0/24                   |                 | true
            ::ffff:1.2.4.4            | 1.2.3.0/24                   |                 | false
            ::ffff:102:304            | 1.2.3.4                      |                 | true
            0:0:0:0:0:FFFF:1.2.3.4    | 1.2.3.4                      |                 | true
            1.2.3.4                   | ::ffff:1.2.3.4               |                 | true
            1.2.3.4                   | ::ffff:1.2.3.0/120           |                 | true
            1.2.4.4                   | ::ffff:1.2.3.0/120           |                 | false
            9.9.9.9                   | ::ffff:0:0/96                |                 | true
            ::ffff:9.9.9.9            | ::ffff:0:0/96                |                 | true
            ::ffff:9.9.9.9            | 0.0.0.0/0                    |                 | true
            ::fffe:1.2.3.4            | 1.2.3.4                      |                 | false
            1::ffff:1.2.3.4           | 1.2.3.4                      |                 | false
            ::102:304                 | 1.2.3.4                      |                 | false
            # exceptions
            203.0.113.7               | 203.0.113.0/24               | 203.0.113.7     | false
            203.0.113.8               | 203.0.113.0/24               | 203.0.113.7     | true
            ::ffff:203.0.113.7        | 203.0.113.0/24               | 203.0.113.7     | false
            203.0.113.7               | 203.0.113.0/24               | ::ffff:203.0.113.7 | false
            203.0.113.7               | 203.0.113.7                  | 203.0.113.7     | false
            203.0.113.9               | 203.0.113.0/24               | 203.0.113.0/29 203.0.113.8/29 | false
            203.0.113.16              | 203.0.113.0/24               | 203.0.113.0/29 203.0.113.8/29 | true
            203.0.113.7               | 203.0.113.0/24 203.0.113.7   | 203.0.113.0/28  | false
            203.0.113.7               | 0.0.0.0/0                    | 0.0.0.0/0       | false
            203.0.113.7               | 0.0.0.0/0                    | ::/0            | true
            2001:db8::7               | 2001:db8::/32                | 2001:db8::/64   | false
            2001:db8:0:1::7           | 2001:db8::/32                | 2001:db8::/64   | true
            198.51.100.1              | 203.0.113.0/24               | 203.0.113.7     | false
            """)
    void isAllowedFromAllowedRangesOnly(String address, String allow, String not, boolean allowed) {
      assertThat(restriction(allow, not).allows(from(address)))
          .isEqualTo(Verdict.allowedIf(allowed, "address_not_allowed"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "unknown",
          "_hidden",
          "localhost",
          "example.org",
          "fe80::1%eth0",
          "fe80::1%1",
          "[::1]",
          "[::1]:443",
          "203.0.113.7:443",
          " 203.0.113.7",
          "203.0.113.7 ",
          "203.0.113.7\n",
          "203.0.113.7, 10.0.0.1",
          "203.0.113.7/32",
          "203.0.113.007",
          "0313.0.113.7",
          "0xcb.0.113.7",
          "0xcb007107",
          "3405803783",
          "203.0.28935",
          "203.0.113",
          "203.0.113.256",
          "203.0.113.7.1",
          "1.2.3.4::1",
          "::1::",
          "1:2:3:4:5:6:7",
          "２０３.0.113.7",
          "null"
        })
    void fromWhatIsNoLiteralAddressIsRefusedWhateverIsAllowed(String address) {
      assertThat(restriction("0.0.0.0/0 ::/0", null).allows(from(address))).isEqualTo(UNKNOWN);
      assertThat(restriction("0.0.0.0/0 ::/0", "10.0.0.1").allows(from(address)))
          .isEqualTo(UNKNOWN);
    }

    @Test
    void fromAnUnknownAddressIsRefusedWhateverIsAllowed() {
      RequestFacts nowhere = from(Optional.empty());
      assertThat(restriction("0.0.0.0/0 ::/0", null).allows(nowhere)).isEqualTo(UNKNOWN);
      assertThat(restriction("0.0.0.0/0 ::/0", "10.0.0.1").allows(nowhere)).isEqualTo(UNKNOWN);
    }

    private RequestFacts from(String address) {
      return from(Optional.of(address));
    }

    private RequestFacts from(Optional<String> address) {
      return new RequestFacts(address, Optional.empty(), RequestHeaders.NONE, Instant.EPOCH);
    }
  }

  @Nested
  class TheJsonForm {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'ip','allow':['203.0.113.0/24']}",
          "{'type':'ip','allow':['203.0.113.0/24','2001:DB8::/32','::ffff:1.2.3.4'],'not':['203.0.113.7']}"
        })
    void comesBackAsItWasWritten(String json) {
      assertThat(parsed(tree(json)).toJson()).isEqualTo(tree(json));
    }

    @Test
    void isTheSameWithOrWithoutAnEmptyException() {
      assertThat(parsed(tree("{'type':'ip','allow':['1.2.3.4'],'not':[]}")).toJson())
          .isEqualTo(tree("{'type':'ip','allow':['1.2.3.4']}"));
    }

    @Test
    void doesNotChangeWithTheTreeItWasReadFromOrTheTreesItGave() {
      ObjectNode given = (ObjectNode) tree("{'type':'ip','allow':['1.2.3.4'],'not':['1.2.3.5']}");
      Restriction restriction = parsed(given);
      ((ArrayNode) given.get("allow")).removeAll();
      ((ArrayNode) given.get("not")).removeAll();
      ((ArrayNode) restriction.toJson().get("allow")).add("0.0.0.0/0");
      ((ObjectNode) restriction.toJson()).removeAll();
      assertThat(restriction.toJson())
          .isEqualTo(tree("{'type':'ip','allow':['1.2.3.4'],'not':['1.2.3.5']}"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            {'type':'ip'}                                       | r[0].allow
            {'type':'ip','allow':[]}                            | r[0].allow
            {'type':'ip','not':['1.2.3.4']}                     | r[0].allow
            {'type':'ip','allow':null}                          | r[0].allow
            {'type':'ip','allow':'1.2.3.4'}                     | r[0].allow
            {'type':'ip','allow':{}}                            | r[0].allow
            {'type':'ip','allow':{'0':'1.2.3.4'}}               | r[0].allow
            {'type':'ip','allow':true}                          | r[0].allow
            {'type':'ip','allow':['x']}                         | r[0].allow[0]
            {'type':'ip','allow':['']}                          | r[0].allow[0]
            {'type':'ip','allow':['1.2.3.4','1.2.3.4/24']}      | r[0].allow[1]
            {'type':'ip','allow':['1.2.3.4','::/0','a.b/8']}    | r[0].allow[2]
            {'type':'ip','allow':[null]}                        | r[0].allow[0]
            {'type':'ip','allow':[1]}                           | r[0].allow[0]
            {'type':'ip','allow':[16909060]}                    | r[0].allow[0]
            {'type':'ip','allow':[true]}                        | r[0].allow[0]
            {'type':'ip','allow':[['1.2.3.4']]}                 | r[0].allow[0]
            {'type':'ip','allow':[{'a':'1.2.3.4'}]}             | r[0].allow[0]
            {'type':'ip','allow':['1.2.3.4'],'not':null}        | r[0].not
            {'type':'ip','allow':['1.2.3.4'],'not':'1.2.3.4'}   | r[0].not
            {'type':'ip','allow':['1.2.3.4'],'not':{}}          | r[0].not
            {'type':'ip','allow':['1.2.3.4'],'not':[7]}         | r[0].not[0]
            {'type':'ip','allow':['1.2.3.4'],'not':['::','y']}  | r[0].not[1]
            {'type':'ip','allow':['1.2.3.4'],'deny':[]}         | r[0].deny
            {'type':'ip','allow':['1.2.3.4'],'Not':[]}          | r[0].Not
            {'type':'ip','allow':['1.2.3.4'],'':[]}             | r[0].
            """)
    void errorNamesTheMember(String json, String field) {
      JsonNode tree = tree(json);
      assertThatThrownBy(() -> new IpRestrictionType().parse(tree, "r[0]"))
          .isInstanceOfSatisfying(
              InvalidRestrictionException.class,
              e -> {
                assertThat(e.field()).isEqualTo(field);
                assertThat(e).hasMessageMatching("(is|has|must) .*").hasNoCause();
              });
    }

    @Test
    void mayHaveTwoHundredEntries() {
      assertThat(parsed(entries(200, 0)).toJson().get("allow")).hasSize(200);
      assertThat(parsed(entries(1, 199)).toJson().get("not")).hasSize(199);
    }

    @Test
    void ofMoreThanTwoHundredEntriesIsRefused() {
      for (JsonNode tree : new JsonNode[] {entries(1, 200), entries(101, 100), entries(200, 1)}) {
        assertThatThrownBy(() -> new IpRestrictionType().parse(tree, "r[3]"))
            .isInstanceOf(InvalidRestrictionException.class)
            .hasMessageContaining("200")
            .extracting("field")
            .isEqualTo("r[3]");
      }
    }

    private JsonNode entries(int allow, int not) {
      return tree("{'type':'ip','allow':" + addresses(allow) + ",'not':" + addresses(not) + "}");
    }

    private String addresses(int count) {
      return IntStream.range(0, count)
          .mapToObj(i -> "'10.0.0." + i + "'")
          .collect(Collectors.joining(",", "[", "]"));
    }
  }

  @Test
  void typeInRequestsAndRowsNeverChanges() {
    assertThat(new IpRestrictionType().getId()).isEqualTo("ip");
    assertThat(parsed(tree("{'type':'ip','allow':['::1']}")).toJson().get("type"))
        .isEqualTo(JsonNodeFactory.instance.textNode("ip"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'ip','allow':['1.2.3.4']}                        | from 1.2.3.4
          {'type':'ip','allow':['1.2.3.4','::/0'],'not':['::1']}   | from 1.2.3.4, ::/0 but not ::1
          {'type':'ip','allow':['1.1.1.1','1.1.1.2','1.1.1.3','1.1.1.4','1.1.1.5']} | from 1.1.1.1, 1.1.1.2, 1.1.1.3 and 2 more
          """)
  void isSummedUpInOneLine(String json, String summary) {
    assertThat(parsed(tree(json)).summary()).isEqualTo(summary);
  }

  private static Restriction restriction(String allow, String not) {
    ObjectNode json = JSON.createObjectNode().put("type", "ip");
    json.set("allow", texts(allow));
    if (not != null) {
      json.set("not", texts(not));
    }
    return parsed(json);
  }

  private static ArrayNode texts(String list) {
    ArrayNode array = JSON.createArrayNode();
    Stream.of(list.split(" ")).forEach(array::add);
    return array;
  }

  private static Restriction parsed(JsonNode json) {
    try {
      return new IpRestrictionType().parse(json, "r[0]");
    } catch (InvalidRestrictionException e) {
      throw new AssertionError(e.field() + " " + e.getMessage(), e);
    }
  }

  private static JsonNode tree(String singleQuoted) {
    try {
      return JSON.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(singleQuoted, e);
    }
  }
}
