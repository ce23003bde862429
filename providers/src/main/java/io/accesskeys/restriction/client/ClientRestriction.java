package io.accesskeys.restriction.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.Summary;
import io.accesskeys.restriction.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The key must be presented by a client that has authenticated itself and is allowed.
 *
 * @param allow the ids of the allowed clients, of which some may be gone
 * @param deleted how many more there were that were gone when it was exported or sent back
 */
record ClientRestriction(Set<String> allow, int deleted) implements Restriction {

  ClientRestriction {
    allow = Set.copyOf(allow);
  }

  @Override
  public String type() {
    return ClientRestrictionType.ID;
  }

  @Override
  public JsonNode toJson() {
    return json(new TreeSet<>(allow), deleted);
  }

  @Override
  public JsonNode shown(ClientNames clients) {
    List<String> names = names(clients);
    return json(names, deleted + allow.size() - names.size());
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    return facts.caller().isEmpty()
        ? new Verdict.Denied("caller_unknown")
        : Verdict.allowedIf(allow.contains(facts.caller().get().id()), "caller_not_allowed");
  }

  @Override
  public String summary() {
    return "by the applications " + Summary.of(List.copyOf(new TreeSet<>(allow)));
  }

  @Override
  public String summary(ClientNames clients) {
    List<String> names = names(clients);
    return names.isEmpty()
        ? "by no application: those that were allowed are deleted"
        : "by the applications " + Summary.of(names);
  }

  private List<String> names(ClientNames clients) {
    return allow.stream().map(clients::clientIdOf).flatMap(Optional::stream).sorted().toList();
  }

  private static ObjectNode json(Iterable<String> clients, int deleted) {
    ObjectNode json = RestrictionJson.empty(ClientRestrictionType.ID);
    ArrayNode array = json.putArray("allow");
    clients.forEach(array::add);
    if (deleted > 0) {
      json.put(ClientRestrictionType.DELETED, deleted);
    }
    return json;
  }
}
