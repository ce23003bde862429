package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A stored condition that this server cannot read: its type is not installed, or no version of ours
 * wrote it. Nobody can say what it would have forbidden, so it forbids everything, and is kept.
 *
 * @param type its type, as far as it has one
 * @param toJson as it is stored
 */
record UnreadableRestriction(String type, JsonNode toJson) implements Restriction {

  UnreadableRestriction(JsonNode json) {
    this(json.path("type").asText(), json);
  }

  @Override
  public JsonNode toJson() {
    return toJson.deepCopy();
  }

  @Override
  public Verdict allows(RequestFacts facts) {
    return new Verdict.Denied("unreadable");
  }

  @Override
  public String summary() {
    return "nowhere: this server does not know the restriction";
  }
}
