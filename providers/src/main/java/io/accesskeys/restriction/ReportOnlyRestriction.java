package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A restriction in {@link Mode#REPORT}: what its rule does not allow is counted and let in.
 *
 * @param rule what it would be if it were enforced
 */
record ReportOnlyRestriction(Restriction rule) implements Restriction {

  @Override
  public String type() {
    return rule.type();
  }

  @Override
  public JsonNode toJson() {
    return marked(rule.toJson());
  }

  @Override
  public JsonNode shown(ClientNames clients) {
    return marked(rule.shown(clients));
  }

  /** What the rule says of this request; it denies nothing by that. */
  @Override
  public Verdict allows(RequestFacts facts) {
    return rule.allows(facts);
  }

  @Override
  public String summary() {
    return words(rule.summary());
  }

  @Override
  public String summary(ClientNames clients) {
    return words(rule.summary(clients));
  }

  /** It keeps nobody out, so it meets no requirement of a policy. */
  @Override
  public boolean limits() {
    return false;
  }

  @Override
  public boolean deterrent() {
    return rule.deterrent();
  }

  /** With the mode in front of the type, by which searches tell it from one that is enforced. */
  private static ObjectNode marked(JsonNode json) {
    ObjectNode marked = JsonNodeFactory.instance.objectNode();
    marked.put(Mode.MEMBER, Mode.REPORT.wireName());
    json.properties().forEach(member -> marked.set(member.getKey(), member.getValue()));
    return marked;
  }

  private static String words(String rule) {
    return "reports, does not refuse: " + rule;
  }
}
