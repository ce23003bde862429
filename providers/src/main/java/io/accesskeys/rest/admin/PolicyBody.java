package io.accesskeys.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.http.JsonText;
import io.accesskeys.http.Problem;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.PolicySetting;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the policy that were sent: a flat object with texts, numbers, truth values or arrays
 * of texts by the name of the setting; {@code null} or {@code "default"} for its default.
 *
 * @param settings by name; empty for the default
 * @param dryRun whether only to say what it would change
 */
record PolicyBody(Map<String, Optional<String>> settings, boolean dryRun) {

  private static final String DRY_RUN = "dryRun";
  private static final int MAX_LENGTH = 128 * 1024;
  private static final int MAX_MEMBERS = 500;

  /**
   * Reads a body. Whether there are such settings, and may have such values, is not looked at.
   *
   * @throws InvalidRequestException if it is no such object, naming the member that is wrong
   */
  static PolicyBody of(String text) {
    if (text != null && text.length() > MAX_LENGTH) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "The body has more than 128 KiB").exception();
    }
    JsonNode object = JsonText.parse(text == null ? "" : text);
    if (!object.isObject() || object.size() > MAX_MEMBERS) {
      throw new InvalidRequestException(
          "", "The body must be a JSON object with settings of the policy");
    }
    Map<String, Optional<String>> settings = new TreeMap<>();
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!name.equals(DRY_RUN)) {
        settings.put(name, value(object.get(name), name));
      }
    }
    JsonNode dryRun = object.path(DRY_RUN);
    if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
      throw new InvalidRequestException(DRY_RUN, "must be true or false");
    }
    return new PolicyBody(settings, dryRun.booleanValue());
  }

  private static Optional<String> value(JsonNode value, String name) {
    if (value.isNull()) {
      return Optional.empty();
    }
    String text = value.isArray() ? joined(value, name) : value.asText();
    if (value.isObject()) {
      throw new InvalidRequestException(
          name, "must be text, a number, true or false, an array of texts, or null");
    }
    return Optional.of(text).filter(sent -> !PolicySetting.isReset(sent));
  }

  private static String joined(JsonNode array, String name) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (!array.get(i).isTextual() || array.get(i).textValue().contains(PolicySetting.SEPARATOR)) {
        throw new InvalidRequestException(
            name + "[" + i + "]", "must be a string without " + PolicySetting.SEPARATOR);
      }
      words.add(array.get(i).textValue());
    }
    return String.join(PolicySetting.SEPARATOR, words);
  }
}
