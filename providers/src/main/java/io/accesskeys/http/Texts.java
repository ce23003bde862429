package io.accesskeys.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.management.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An array of different strings in a body.
 *
 * @param values in the order in which they were sent
 */
public record Texts(List<String> values) {

  public Texts {
    values = List.copyOf(values);
  }

  static Texts of(JsonNode array) {
    if (!array.isArray()) {
      throw new InvalidRequestException("", "must be an array of strings");
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < array.size(); i++) {
      if (!array.get(i).isTextual()) {
        throw new InvalidRequestException("[" + i + "]", "must be a string");
      }
      if (!texts.add(array.get(i).textValue())) {
        throw new InvalidRequestException("[" + i + "]", "is there twice");
      }
    }
    return new Texts(new ArrayList<>(texts));
  }

  /**
   * The same texts, if there is one and they are not too many to look at.
   *
   * @param member what the array is called
   * @throws InvalidRequestException if there is none, or there are more
   */
  public Texts atMost(int most, String member) {
    if (values.isEmpty() || values.size() > most) {
      throw new InvalidRequestException(member, "must have 1 to " + most + " entries");
    }
    return this;
  }
}
