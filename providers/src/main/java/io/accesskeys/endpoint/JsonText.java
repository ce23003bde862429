package io.accesskeys.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.key.StorableText;
import java.util.Iterator;

/** JSON that was sent to us: whatever is read of it, all its texts can be stored and sent back. */
public final class JsonText {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /**
   * Reads a body.
   *
   * @throws InvalidRequestException if it is no JSON, or naming a member with a text that is none
   */
  public static JsonNode parse(String text) throws InvalidRequestException {
    try {
      JsonNode json = JSON.readTree(text);
      requireStorable(json, "");
      return json;
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the body, and the body may hold a secret.
      throw new InvalidRequestException("", "The body is no valid JSON");
    }
  }

  private static void requireStorable(JsonNode json, String path) throws InvalidRequestException {
    if (json.isTextual() && !StorableText.is(json.textValue())) {
      throw new InvalidRequestException(path, "has a character that no text may have");
    }
    for (int i = 0; json.isArray() && i < json.size(); i++) {
      requireStorable(json.get(i), path + "[" + i + "]");
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!StorableText.is(name)) {
        throw new InvalidRequestException(
            path, "has a name with a character that no text may have");
      }
      requireStorable(json.get(name), path.isEmpty() ? name : path + "." + name);
    }
  }
}
