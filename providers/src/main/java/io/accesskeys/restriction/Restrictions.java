package io.accesskeys.restriction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  /** More conditions than anybody can keep in mind are a mistake. */
  private static final int MAX = 10;

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
      restrictions.add(type(array.get(i), path).parse(array.get(i), path, clients));
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
      return type(json, "").parse(json, "");
    } catch (InvalidRestrictionException e) {
      return new UnreadableRestriction(json);
    }
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
