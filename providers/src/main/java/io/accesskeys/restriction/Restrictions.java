package io.accesskeys.restriction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.accesskeys.restriction.ip.IpRestriction;
import java.util.ArrayList;
import java.util.List;

/** The JSON array of a key's restrictions, as it is sent and as it is stored. */
public final class Restrictions {

  /** More conditions than anybody can keep in mind are a mistake. */
  private static final int MAX = 10;

  /** What stands behind the array was not written by us, and may be a condition. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Restrictions() {}

  /**
   * Reads and checks restrictions.
   *
   * @param array a JSON array of objects with a {@code type}
   * @param field the array's name in the request, for errors
   * @throws InvalidRestrictionException naming the member that is wrong
   */
  public static List<Restriction> parse(JsonNode array, String field)
      throws InvalidRestrictionException {
    if (!array.isArray()) {
      throw new InvalidRestrictionException(field, "must be an array");
    }
    if (array.size() > MAX) {
      throw new InvalidRestrictionException(field, "has more than " + MAX + " entries");
    }
    List<Restriction> restrictions = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      restrictions.add(parseOne(array.get(i), field + "[" + i + "]"));
    }
    return restrictions;
  }

  /** The stored form of restrictions; {@code []} for none. */
  public static String write(List<Restriction> restrictions) {
    ArrayNode array = JSON.createArrayNode();
    restrictions.forEach(restriction -> array.add(restriction.toJson()));
    return array.toString();
  }

  /**
   * Reads what {@link #write} stored.
   *
   * @throws IllegalStateException if the stored text is not that: whoever asks must refuse the key
   */
  public static List<Restriction> read(String stored) {
    try {
      return parse(JSON.readTree(stored), "restrictions");
    } catch (JsonProcessingException | InvalidRestrictionException e) {
      throw new IllegalStateException("Stored restrictions cannot be read", e);
    }
  }

  private static Restriction parseOne(JsonNode json, String field)
      throws InvalidRestrictionException {
    String type = json.path("type").asText("");
    if (type.equals(IpRestriction.TYPE)) {
      return IpRestriction.parse(json, field);
    }
    throw new InvalidRestrictionException(field + ".type", "is not a known restriction; known: ip");
  }
}
