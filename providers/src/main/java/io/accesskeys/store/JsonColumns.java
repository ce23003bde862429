package io.accesskeys.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.UntrustedJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Columns with JSON in them; what is empty is stored as nothing. */
final class JsonColumns {

  private static final ObjectMapper JSON =
      UntrustedJson.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonColumns() {}

  static String write(Map<String, String> map) {
    return map.isEmpty() ? null : JSON.valueToTree(new TreeMap<>(map)).toString();
  }

  static String write(List<JsonNode> array) {
    return array.isEmpty() ? null : JSON.valueToTree(array).toString();
  }

  static Map<String, String> readMap(String stored) {
    return stored == null ? Map.of() : read(stored, new TypeReference<Map<String, String>>() {});
  }

  static List<JsonNode> readArray(String stored) {
    return stored == null ? List.of() : read(stored, new TypeReference<List<JsonNode>>() {});
  }

  /**
   * @throws IllegalStateException if it is not what we wrote: such a key must not be honoured
   */
  private static <T> T read(String stored, TypeReference<T> type) {
    try {
      return JSON.readValue(stored, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored column cannot be read", e);
    }
  }
}
