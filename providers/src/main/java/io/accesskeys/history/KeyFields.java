package io.accesskeys.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.restriction.ClientNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The members of a key that a history tells of, as the REST APIs show them. Nothing of a secret is
 * among them but its number.
 *
 * @param clients what clients are called now
 * @param scopes what client scopes are called now, by id; one that has no name is shown by its id
 * @param state the state of a key at the time of the change
 * @param now the time of the change
 */
public record KeyFields(
    ClientNames clients,
    Function<String, Optional<String>> scopes,
    Function<AccessKey, KeyState> state,
    Instant now) {

  /** The most characters of a value, as JSON; of a longer one the beginning is kept, as text. */
  static final int LONGEST_VALUE = 4_000;

  private static final String STATE = "state";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * What differs between two forms of a key.
   *
   * @param before empty if it is new
   * @return none if it is the same in all that a history tells of
   */
  public List<FieldChange> changes(Optional<AccessKey> before, AccessKey after) {
    Map<String, JsonNode> old = before.map(this::of).orElse(Map.of());
    Map<String, JsonNode> now = of(after);
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(old.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(old.get(name), now.get(name))) {
        changes.add(new FieldChange(name, bounded(old.get(name)), bounded(now.get(name))));
      }
    }
    return changes;
  }

  /** The same of a change of the state alone, which looks up no names: for many keys at once. */
  public List<FieldChange> stateChange(AccessKey before, AccessKey after) {
    JsonNode old = stateOf(before);
    JsonNode now = stateOf(after);
    return old.equals(now) ? List.of() : List.of(new FieldChange(STATE, old, now));
  }

  private JsonNode stateOf(AccessKey key) {
    return new TextNode(state.apply(key).wireName());
  }

  private Map<String, JsonNode> of(AccessKey key) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    fields.put(STATE, stateOf(key));
    fields.put("name", new TextNode(key.name()));
    put(fields, "description", key.label().description());
    if (!key.label().metadata().isEmpty()) {
      fields.put("metadata", object(key.label().metadata()));
    }
    String client = key.grant().clientId();
    fields.put("client", new TextNode(clients.clientIdOf(client).orElse(client)));
    put(
        fields,
        "scopes",
        texts(
            key.grant().scopes().stream()
                .map(id -> scopes.apply(id).orElse(id))
                .sorted()
                .toList()));
    put(fields, "authorizationDetails", array(key.grant().authorizationDetails()));
    put(
        fields,
        "restrictions",
        array(key.grant().restrictions().stream().map(each -> each.shown(clients)).toList()));
    put(fields, "notBefore", key.validity().notBefore());
    put(fields, "expiresAt", key.validity().expires());
    key.roll().ifPresent(schedule -> fields.put("roll", roll(schedule)));
    fields.put("secret", IntNode.valueOf(key.current().number()));
    put(fields, "retiresAt", key.retiringAt(now).flatMap(KeySecret::retires));
    return fields;
  }

  private static void put(Map<String, JsonNode> fields, String name, Optional<?> value) {
    value.ifPresent(known -> fields.put(name, new TextNode(known.toString())));
  }

  private static void put(Map<String, JsonNode> fields, String name, ArrayNode values) {
    if (!values.isEmpty()) {
      fields.put(name, values);
    }
  }

  private static ObjectNode object(Map<String, String> members) {
    ObjectNode object = JSON.objectNode();
    new TreeMap<>(members).forEach(object::put);
    return object;
  }

  private static ArrayNode texts(List<String> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }

  private static ArrayNode array(List<JsonNode> values) {
    return JSON.arrayNode().addAll(values);
  }

  private static ObjectNode roll(RollSchedule schedule) {
    ObjectNode roll = JSON.objectNode();
    schedule.every().ifPresent(every -> roll.put("every", every.toString()));
    schedule.first().ifPresent(first -> roll.put("at", first.toString()));
    return roll.put("overlap", schedule.window().toString()).put("delivery", schedule.delivery());
  }

  private static JsonNode bounded(JsonNode value) {
    if (value == null) {
      return null;
    }
    String text = value.toString();
    if (text.length() <= LONGEST_VALUE) {
      return value;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1));
    return new TextNode(text.substring(0, splitsPair ? LONGEST_VALUE - 1 : LONGEST_VALUE) + '…');
  }
}
