package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorizationDetailsTest {

  /** Single quotes stand for double ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # wide                                            | narrow                                         | covers
          []                                                | []                                             | true
          []                                                | [{'type':'a'}]                                 | true
          [{'type':'a'}]                                    | []                                             | false
          [{'type':'a'}]                                    | [{'type':'a'}]                                 | true
          [{'type':'a'}]                                    | [{'type':'b'}]                                 | false
          [{'type':'a'},{'type':'b'}]                       | [{'type':'b'}]                                 | true
          [{'type':'a'}]                                    | [{'type':'a'},{'type':'b'}]                    | false
          [{'type':'a','actions':['read','write']}]         | [{'type':'a','actions':['write']}]             | true
          [{'type':'a','actions':['read','write']}]         | [{'type':'a','actions':['write','read']}]      | true
          [{'type':'a','actions':['read']}]                 | [{'type':'a','actions':['read','write']}]      | false
          [{'type':'a','actions':['read']}]                 | [{'type':'a','actions':[]}]                    | true
          [{'type':'a'}]                                    | [{'type':'a','actions':['read']}]              | true
          [{'type':'a','actions':['read']}]                 | [{'type':'a'}]                                 | false
          [{'type':'a','locations':['x'],'actions':['r']}]  | [{'type':'a','locations':['x'],'actions':['w']}] | false
          [{'type':'a','datatypes':['x']}]                  | [{'type':'a','datatypes':['y']}]               | false
          [{'type':'a','privileges':['x','y']}]             | [{'type':'a','privileges':['y']}]              | true
          [{'type':'a','limit':5}]                          | [{'type':'a','limit':5}]                       | true
          [{'type':'a','limit':5}]                          | [{'type':'a','limit':4}]                       | false
          [{'type':'a','limit':5}]                          | [{'type':'a'}]                                 | false
          [{'type':'a'}]                                    | [{'type':'a','limit':5}]                       | false
          """)
  void coverWhatAllowsNoMore(String wide, String narrow, boolean covers)
      throws JsonProcessingException {
    assertThat(AuthorizationDetails.cover(details(wide), details(narrow))).isEqualTo(covers);
  }

  private static List<JsonNode> details(String array) throws JsonProcessingException {
    List<JsonNode> details = new ArrayList<>();
    new JsonMapper().readTree(array.replace('\'', '"')).forEach(details::add);
    return details;
  }
}
