package io.accesskeys.it.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.accesskeys.it.stock.StockRequest.Addition;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An answer without what is another thing every time, made by {@link StockMask}.
 *
 * @param headers lines, sorted
 * @param body as JSON; a text if it is none
 */
record StockAnswer(int status, List<String> headers, JsonNode body) {

  /** Takes its own copy of the list. */
  StockAnswer {
    headers = List.copyOf(headers);
  }

  /**
   * The same without this one value.
   *
   * @throws AssertionError if it is not there exactly once
   */
  StockAnswer without(Addition addition) {
    if (body.isTextual()) {
      String line = "(?m)^.*" + Pattern.quote(addition.value()) + ".*\\R";
      String rest = body.asText().replaceFirst(line, "");
      if (rest.equals(body.asText()) || rest.contains(addition.value())) {
        throw new AssertionError(addition + " is not there once: " + body);
      }
      return new StockAnswer(status, headers, TextNode.valueOf(rest));
    }
    JsonNode copy = body.deepCopy();
    String pointer = addition.pointer().equals("/") ? "" : addition.pointer();
    if (!(copy.at(pointer) instanceof ArrayNode values)) {
      throw new AssertionError("No array at " + addition.pointer() + " of " + body);
    }
    int before = values.size();
    values.removeIf(
        value ->
            value.asText().equals(addition.value())
                || value.path("alias").asText().equals(addition.value()));
    if (values.size() != before - 1) {
      throw new AssertionError(addition + " is not there once: " + body);
    }
    return new StockAnswer(status, headers, copy);
  }

  /** In a few words, for the table. */
  String summary() {
    String error = body.path("error").asText();
    if (error.matches("[a-z_]+")) {
      return status + " `" + error + "`";
    }
    if (body.path("active").isBoolean()) {
      return status + (body.path("active").booleanValue() ? " active" : " inactive");
    }
    return headers.stream()
        .filter(header -> header.startsWith("content-type: "))
        .map(header -> header.replaceFirst(".*[/+]", "").replaceFirst(";.*", ""))
        .findFirst()
        .map(type -> status + " " + type)
        .orElse(String.valueOf(status));
  }

  @Override
  public String toString() {
    return status + "\n" + String.join("\n", headers) + "\n" + body.toPrettyString();
  }
}
