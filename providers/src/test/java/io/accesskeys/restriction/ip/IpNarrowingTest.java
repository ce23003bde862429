package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IpNarrowingTest {

  private static List<String> words(String list) {
    return list == null ? List.of() : List.of(list.split(" "));
  }

  private static ObjectNode rule(String allow, String not) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "ip");
    json.set("allow", array(words(allow)));
    if (not != null) {
      json.set("not", array(words(not)));
    }
    return json;
  }

  private static ArrayNode array(List<String> words) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    words.forEach(array::add);
    return array;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # allow                | not            | seen                          | allow then                | not then
          203.0.0.0/16           |                | 203.0.113.0/24                | 203.0.113.0/24            |
          203.0.113.0/26         |                | 203.0.113.0/24                | 203.0.113.0/26            |
          203.0.113.0/24         |                | 203.0.113.0/24                | 203.0.113.0/24            |
          0.0.0.0/0              |                | 203.0.113.7 198.51.100.0/24   | 198.51.100.0/24 203.0.113.7 |
          0.0.0.0/0 ::/0         |                | 2001:db8::/48 203.0.113.0/24  | 203.0.113.0/24 2001:db8::/48 |
          203.0.0.0/16 10.0.0.0/8 |               | 203.0.113.0/24                | 203.0.113.0/24            |
          203.0.0.0/16 203.0.113.0/24 |           | 203.0.113.7                   | 203.0.113.7               |
          203.0.0.0/16           | 203.0.113.7    | 203.0.113.0/24                | 203.0.113.0/24            | 203.0.113.7
          203.0.0.0/16           | 203.0.114.7    | 203.0.113.0/24                | 203.0.113.0/24            |
          203.0.0.0/16           | 203.0.113.0/24 | 203.0.113.0/25 203.0.112.0/24 | 203.0.112.0/24            |
          203.0.0.0/16           |                | 203.0.113.0/24 2001:db8::/48  | 203.0.113.0/24            |
          """)
  void allowsWhatBothAllow(String allow, String not, String seen, String allowThen, String notThen)
      throws InvalidRestrictionException {
    JsonNode before = rule(allow, not);
    JsonNode narrowed = IpNarrowing.of(before, words(seen)).orElseThrow();
    assertThat(narrowed).isEqualTo(rule(allowThen, notThen));
    Restriction rule = new IpRestrictionType().parse(narrowed, "");
    assertThat(rule.isWithin(new IpRestrictionType().parse(before, ""))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.0.0/16           |                | 198.51.100.0/24
          203.0.0.0/16           | 203.0.113.0/24 | 203.0.113.0/24
          203.0.0.0/16           | 203.0.0.0/16   | 203.0.113.0/24
          203.0.0.0/16           |                | 2001:db8::/48
          203.0.0.0/16           |                |
          203.0.0.0/16           |                | elsewhere
          """)
  void isNotThereIfItWouldAllowNothing(String allow, String not, String seen) {
    assertThat(IpNarrowing.of(rule(allow, not), words(seen))).isEmpty();
  }

  @Test
  void ofNoRuleIsTheNetworksThatWereSeen() {
    assertThat(IpNarrowing.to(List.of("203.0.113.0/24", "198.51.100.7", "203.0.113.9", "unknown")))
        .hasValue(rule("198.51.100.7 203.0.113.0/24", null));
    assertThat(IpNarrowing.to(List.of())).isEmpty();
  }

  @Test
  void hasNoMoreEntriesThanARestrictionCanHave() {
    String exceptions =
        String.join(" ", IntStream.range(0, 200).mapToObj(i -> "203.0.113." + i).toList());
    assertThat(IpNarrowing.of(rule("203.0.113.0/24", exceptions), List.of("203.0.113.0/24")))
        .isEmpty();
    List<String> seen = Stream.iterate(0, i -> i + 1).limit(201).map(i -> "10.0.0." + i).toList();
    assertThat(IpNarrowing.to(seen)).isEmpty();
    assertThat(IpNarrowing.to(seen.subList(0, 200))).isNotEqualTo(Optional.empty());
  }
}
