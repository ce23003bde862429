package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of a key are one flat object, in an order that people have seen. */
final class KeyRepresentationTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<JsonNode> ARRAY = List.of(JsonNodeFactory.instance.objectNode());

  @Test
  void isFlatAndInOrder() throws JsonProcessingException {
    KeyRepresentation whole =
        new KeyRepresentation(
            new KeyRepresentation.About("i", "k", "n", "d", Map.of("a", "b"), "s"),
            new KeyRepresentation.Rights(
                "c",
                List.of("x"),
                true,
                ARRAY,
                ARRAY,
                List.of(new RestrictionSummary("ip", "from", "report", false))),
            "r",
            true,
            new KeyRepresentation.Dates("1", "2", "3", "4", "5"),
            new KeyRepresentation.Rolling(
                new RollRepresentation("e", null, "o", "d"), "6", "7", "8"),
            new KeyRepresentation.Revoked("9", "why"),
            new KeyRepresentation.LastUse("10", "11", 12),
            13,
            Map.of("user", "u"),
            "14");
    assertThat(JSON.writeValueAsString(whole))
        .isEqualTo(
            """
            {"id":"i","kind":"k","name":"n","description":"d","metadata":{"a":"b"},"state":"s",\
            "client":"c","scopes":["x"],"classic":true,"authorizationDetails":[{}],\
            "restrictions":[{}],\
            "restrictionSummaries":[{"type":"ip","summary":"from","mode":"report","deterrent":false}],\
            "redacted":"r","legacy":true,"createdAt":"1","renewedAt":"2","notBefore":"3",\
            "expiresAt":"4","endsAt":"5","roll":{"every":"e","overlap":"o","delivery":"d"},"rollDueAt":"6",\
            "rollDeadline":"7","retiresAt":"8","revokedAt":"9","revocationReason":"why",\
            "lastUsedAt":"10","lastUsedFrom":"11","useCount":12,"version":13,\
            "owner":{"user":"u"},"secret":"14"}""");
  }

  @Test
  void whatIsAbsentIsLeftOut() throws JsonProcessingException {
    KeyRepresentation least =
        new KeyRepresentation(
            new KeyRepresentation.About("i", "k", "n", null, null, "s"),
            new KeyRepresentation.Rights(null, List.of(), null, null, List.of(), null),
            "r",
            null,
            new KeyRepresentation.Dates("1", null, null, null, null),
            new KeyRepresentation.Rolling(null, null, null, null),
            new KeyRepresentation.Revoked(null, null),
            new KeyRepresentation.LastUse(null, null, 0),
            1,
            null,
            null);
    assertThat(JSON.writeValueAsString(least))
        .isEqualTo(
            """
            {"id":"i","kind":"k","name":"n","state":"s","scopes":[],"restrictions":[],\
            "redacted":"r","createdAt":"1","useCount":0,"version":1}""");
  }
}
