package io.accesskeys.restriction.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.Facts;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientRestrictionTest {

  @Test
  void onlyTheNamedClientsMayPresentTheKey() throws InvalidRestrictionException {
    JsonNode json = tree("{'type':'client','allow':['billing-app','gateway','gateway']}");
    Restriction restriction = new ClientRestrictionType().parse(json, "r");
    assertThat(restriction.allows(Facts.by(Optional.of("gateway")))).isEqualTo(Verdict.ALLOWED);
    assertThat(restriction.allows(Facts.by(Optional.of("Gateway"))))
        .isEqualTo(new Verdict.Denied("caller_not_allowed"));
    assertThat(restriction.allows(Facts.by(Optional.empty())))
        .isEqualTo(new Verdict.Denied("caller_unknown"));
    assertThat(restriction.toJson()).isEqualTo(json);
    assertThat(restriction.summary())
        .isEqualTo("by the applications billing-app, gateway, gateway");
    assertThat(restriction.deterrent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'client'}                           | r.allow
          {'type':'client','allow':[]}                | r.allow
          {'type':'client','allow':['']}              | r.allow[0]
          {'type':'client','allow':['a','\\u0000']}    | r.allow[1]
          {'type':'client','allow':['a','b\\ud800']}   | r.allow[1]
          {'type':'client','allow':[null]}            | r.allow[0]
          {'type':'client','allow':['a'],'azp':['b']} | r.azp
          """)
  void errorNamesTheMember(String json, String field) {
    assertThatThrownBy(() -> new ClientRestrictionType().parse(tree(json), "r"))
        .isInstanceOfSatisfying(
            InvalidRestrictionException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static JsonNode tree(String singleQuoted) {
    try {
      return new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(singleQuoted, e);
    }
  }
}
