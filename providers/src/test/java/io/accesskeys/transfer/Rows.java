package io.accesskeys.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** Rows as the JSON that they are sent as. */
final class Rows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  static TransferRow of(JsonNode json) {
    try {
      return JSON.treeToValue(json, TransferRow.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(TransferRow row) {
    return JSON.valueToTree(row);
  }

  /** This JSON in single quotes. */
  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row with these members, in single quotes and without the braces around them. */
  static TransferRow with(TransferRow row, String members) {
    return of(json(row).setAll(json("{" + members + "}")));
  }

  /** The row without these members. */
  static TransferRow without(TransferRow row, String... members) {
    ObjectNode json = json(row);
    for (String member : members) {
      json.remove(member);
    }
    return of(json);
  }
}
