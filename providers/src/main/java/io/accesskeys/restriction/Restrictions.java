package io.accesskeys.restriction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * The JSON array of a key's restrictions, as it is sent and as it is stored, read by the types that
 * are installed.
 */
public final class Restrictions {

  /** How many a key may have: more than anybody can keep in mind are a mistake. */
  public static final int MAX = 10;

  /** What stands behind the array was not written by us, and may be a condition. */
  private static final ObjectMapper JSON =
      UntrustedJson.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, RestrictionType> types;
  private final ClientNames clients;

  private Restrictions(Map<String, RestrictionType> types, ClientNames clients) {
    this.types = types;
    this.clients = clients;
  }

  /** With the types that are installed in this server, and the clients of the session's realm. */
  public static Restrictions of(KeycloakSession session) {
    return of(session.getAllProviders(RestrictionType.class), RealmClientNames.of(session));
  }

  /** With these types, and no clients. */
  public static Restrictions of(Collection<? extends RestrictionType> types) {
    return of(types, ClientNames.NONE);
  }

  /** With these types, and these clients. */
  public static Restrictions of(Collection<? extends RestrictionType> types, ClientNames clients) {
    return new Restrictions(
        types.stream()
            .collect(
                Collectors.toMap(
                    RestrictionType::getId, type -> type, (one, other) -> one, TreeMap::new)),
        clients);
  }

  /** The types, by their ids. */
  public Collection<RestrictionType> types() {
    return types.values();
  }

  /**
   * Reads and checks restrictions that somebody has sent.
   *
   * @param array a JSON array of objects with a {@code type}
   * @param field the array's name in the request, for errors
   * @throws InvalidRestrictionException naming the member that is wrong
   */
  public List<Restriction> parse(JsonNode array, String field) throws InvalidRestrictionException {
    if (!array.isArray()) {
      throw new InvalidRestrictionException(field, "must be an array");
    }
    if (array.size() > MAX) {
      throw new InvalidRestrictionException(field, "has more than " + MAX + " entries");
    }
    List<Restriction> restrictions = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String path = field + "[" + i + "]";
      restrictions.add(
          parse(array.get(i), path, rule -> type(rule, path).parse(rule, path, clients)));
    }
    return restrictions;
  }

  /** The stored form of restrictions; {@code []} for none. */
  public static String write(List<Restriction> restrictions) {
    ArrayNode array = JSON.createArrayNode();
    restrictions.forEach(restriction -> array.add(stored(restriction)));
    return array.toString();
  }

  /**
   * How searches find, in the stored form, a restriction of this type that is enforced. One in
   * {@link Mode#REPORT} has its mode in front of its type.
   */
  public static String enforcedMark(String type) {
    return "{\"type\":\"" + type + "\"";
  }

  /** With its type in front, whatever order the type itself writes. */
  private static JsonNode stored(Restriction restriction) {
    JsonNode json = restriction.toJson();
    if (Mode.of(restriction) == Mode.REPORT || !json.has("type")) {
      return json;
    }
    ObjectNode ordered = JSON.createObjectNode();
    ordered.set("type", json.get("type"));
    json.properties().forEach(member -> ordered.set(member.getKey(), member.getValue()));
    return ordered;
  }

  /**
   * Reads what {@link #write} stored. What cannot be read becomes a restriction that allows nothing
   * and is written back as it was.
   */
  public List<Restriction> read(String stored) {
    JsonNode array;
    try {
      array = JSON.readTree(stored);
    } catch (JsonProcessingException e) {
      return List.of(new UnreadableRestriction(JsonNodeFactory.instance.textNode(stored)));
    }
    if (!array.isArray()) {
      return List.of(new UnreadableRestriction(array));
    }
    List<Restriction> restrictions = new ArrayList<>();
    for (JsonNode json : array) {
      restrictions.add(readOne(json));
    }
    return restrictions;
  }

  private Restriction readOne(JsonNode json) {
    try {
      return parse(json, "", this::readRule);
    } catch (InvalidRestrictionException e) {
      return new UnreadableRestriction(json);
    }
  }

  private Restriction readRule(JsonNode rule) {
    try {
      return type(rule, "").parse(rule, "");
    } catch (InvalidRestrictionException e) {
      return new UnreadableRestriction(rule);
    }
  }

  /** How the rest of the JSON form is read once its mode was taken from it. */
  @FunctionalInterface
  private interface RuleReader {
    Restriction read(JsonNode rule) throws InvalidRestrictionException;
  }

  private static Restriction parse(JsonNode json, String field, RuleReader rules)
      throws InvalidRestrictionException {
    if (!(json instanceof ObjectNode object) || !object.has(Mode.MEMBER)) {
      return rules.read(json);
    }
    Mode mode = Mode.read(object, field);
    Restriction rule = rules.read(object.deepCopy().<ObjectNode>without(Mode.MEMBER));
    return switch (mode) {
      case ENFORCE -> rule;
      case REPORT -> new ReportOnlyRestriction(rule);
    };
  }

  private RestrictionType type(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionType type = types.get(json.path("type").asText(""));
    if (type == null) {
      throw new InvalidRestrictionException(
          field + ".type",
          "is not a known restriction; known: " + String.join(", ", types.keySet()));
    }
    return type;
  }
}
