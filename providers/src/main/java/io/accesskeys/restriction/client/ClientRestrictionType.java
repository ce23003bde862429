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
 * client, and an entry point on which no client authenticates, is refused.
 *
 * <p>It is stored with their ids instead. Of those that are deleted only the number is shown.
 */
public final class ClientRestrictionType implements RestrictionTypeFactory {

  static final String ID = "client";

  /** How many clients more it had that are deleted: it is shown, exported, and may be sent back. */
  static final String DELETED = "deleted";

  private static final Pattern CLIENT_ID = Pattern.compile("\\P{C}{1,255}");

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow", DELETED);
    return new ClientRestriction(new HashSet<>(allowed(members)), deleted(members));
  }

  @Override
  public Restriction parse(JsonNode json, String field, ClientNames clients)
      throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "allow", DELETED);
    List<String> allow = allowed(members);
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
                  () -> new InvalidRestrictionException(path, "is not a client of this realm")));
    }
    return new ClientRestriction(ids, deleted(members));
  }

  /** Nobody, if all that were allowed are deleted; without that it would be a mistake. */
  private static List<String> allowed(RestrictionJson members) throws InvalidRestrictionException {
    return deleted(members) == 0 ? members.someTexts("allow") : members.texts("allow");
  }

  private static int deleted(RestrictionJson members) throws InvalidRestrictionException {
    JsonNode deleted = members.object().path(DELETED);
    if (deleted.isMissingNode()) {
      return 0;
    }
    if (!deleted.isInt()
        || deleted.intValue() < 1
        || deleted.intValue() > RestrictionJson.MAX_ENTRIES) {
      throw new InvalidRestrictionException(
          members.field() + "." + DELETED, "must be from 1 to " + RestrictionJson.MAX_ENTRIES);
    }
    return deleted.intValue();
  }
}
