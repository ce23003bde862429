package io.accesskeys.rest.self;

import io.accesskeys.restriction.RestrictionType;
import io.accesskeys.restriction.Restrictions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/**
 * {@code /realms/{realm}/access-keys/restriction-types}: which restrictions a key may have here,
 * for whoever offers them to people.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class RestrictionTypesResource {

  private final KeycloakSession session;
  private final Caller caller;

  /** For the request of this session. */
  public RestrictionTypesResource(KeycloakSession session, Caller caller) {
    this.session = session;
    this.caller = caller;
  }

  /**
   * A type of restriction.
   *
   * @param type the {@code type} member of its JSON form
   * @param deterrent whether it goes by what the holder of the key writes into the request
   *     themselves
   * @param messageKey the key of its name in the messages of the theme
   */
  public record Representation(String type, boolean deterrent, String messageKey) {

    private static Representation of(RestrictionType type) {
      return new Representation(type.getId(), type.deterrent(), type.messageKey());
    }
  }

  /** The types of restrictions that are installed. */
  @GET
  public List<Representation> list() {
    caller.mayView();
    return Restrictions.of(session).types().stream().map(Representation::of).toList();
  }
}
