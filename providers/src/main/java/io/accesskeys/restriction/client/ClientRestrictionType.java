package io.accesskeys.restriction.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code {"type":"client","allow":["billing-app"]}}: only these applications may present the key,
 * by their {@code client_id}. Nobody can pretend to be one, so this is no deterrent: a public
 * client, and a way in on which no client authenticates, is refused.
 *
 * <p>It is stored with their ids instead.
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
    return new ClientRestriction(new HashSet<>(members.someTexts("allow")));
  }

  @Override
  public Restriction parse(JsonNode json, String field, ClientNames clients)
      throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow");
    List<String> allow = members.someTexts("allow");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < allow.size(); i++) {
      String path = members.path("allow", i);
      if (!CLIENT_ID.matcher(allow.get(i)).matches()) {
        throw new InvalidRestrictionException(path, "must be a client_id");
      }
      ids.add(
          clients
              .idOf(allow.get(i))
              .orElseThrow(
                  () -> new InvalidRestrictionException(path, "is no client of this realm")));
    }
    return new ClientRestriction(ids);
  }
}
