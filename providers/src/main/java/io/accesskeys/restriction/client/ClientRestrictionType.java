package io.accesskeys.restriction.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code {"type":"client","allow":["billing-app"]}}: only these applications may present the key,
 * by their {@code client_id}. Nobody can pretend to be one, so this is no deterrent: a public
 * client, and a way in on which no client authenticates, is refused.
 */
public final class ClientRestrictionType implements RestrictionTypeFactory {

  static final String ID = "client";

  private static final Pattern CLIENT_ID = Pattern.compile("\\P{C}{1,255}");

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow");
    List<String> allow = members.someTexts("allow");
    for (int i = 0; i < allow.size(); i++) {
      if (!CLIENT_ID.matcher(allow.get(i)).matches()) {
        throw new InvalidRestrictionException(members.path("allow", i), "must be a client_id");
      }
    }
    return new ClientRestriction(members.object(), allow, new HashSet<>(allow));
  }
}
