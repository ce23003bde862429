package io.accesskeys.rest.self;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.http.Created;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.Problem;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.Applications;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** {@code /realms/{realm}/access-keys/applications}: the caller's applications. */
@Produces(MediaType.APPLICATION_JSON)
public final class ApplicationsResource {

  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final Caller caller;
  private final Applications applications;
  private final Instant now;

  /** For the request of this session. */
  public ApplicationsResource(
      KeycloakSession session, RealmPolicy policy, Caller caller, Instant now) {
    this.session = session;
    this.policy = policy;
    this.caller = caller;
    this.applications = new Applications(session, session.getContext().getRealm());
    this.now = now;
  }

  /**
   * An application as the REST API shows it.
   *
   * @param id names it in this API
   * @param createdAt ISO-8601 in UTC
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Representation(String id, String clientId, String name, String createdAt) {

    static Representation of(ClientModel client) {
      return new Representation(
          client.getId(), client.getClientId(), client.getName(), Applications.createdAt(client));
    }
  }

  private record NewApplication(String name) {}

  private record Transfer(String to) {}

  /** Registers an application for the caller. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(byte[] body) {
    caller.mayManage().forApplications(session, policy).freshly(policy.freshLogin(), now);
    String name = JsonBody.read(session, body, NewApplication.class).name();
    ClientModel client = applications.register(caller.user(), name, policy, now);
    event(EventType.CLIENT_REGISTER, client, Optional.empty());
    return Created.response(session, client.getId(), Representation.of(client));
  }

  /** The caller's applications. */
  @GET
  public Response list() {
    caller.mayView();
    return ok(applications.of(caller.user()).map(Representation::of).toList());
  }

  /** One of the caller's applications. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    caller.mayView();
    return ok(Representation.of(mine(id)));
  }

  /** Removes one of the caller's applications with all its keys. */
  @DELETE
  @Path("{id}")
  public Response remove(@PathParam("id") String id) {
    caller.mayManage();
    ClientModel client = mine(id);
    event(EventType.CLIENT_DELETE, client, Optional.empty());
    applications.remove(client);
    return Response.noContent().build();
  }

  /** Hands one of the caller's applications over to somebody who may have one. */
  @POST
  @Path("{id}/transfer")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response handOver(@PathParam("id") String id, byte[] body) {
    caller.mayManage().freshly(policy.freshLogin(), now);
    ClientModel client = mine(id);
    UserModel to = taker(JsonBody.read(session, body, Transfer.class).to());
    applications.handOver(client, to, policy);
    event(EventType.CLIENT_UPDATE, client, Optional.of(to.getId()));
    return Response.noContent().build();
  }

  /** One answer for all who cannot take it, so that nobody learns who has an account here. */
  private UserModel taker(String username) throws InvalidRequestException {
    RealmModel realm = session.getContext().getRealm();
    UserModel user =
        StorableText.mayBeName(username)
            ? session.users().getUserByUsername(realm, username)
            : null;
    RoleModel role =
        policy
            .applications()
            .role()
            .map(name -> KeycloakModelUtils.getRoleFromString(session, realm, name))
            .orElse(null);
    if (user == null
        || !user.isEnabled()
        || user.getServiceAccountClientLink() != null
        || role == null
        || !user.hasRole(role)) {
      throw new InvalidRequestException("to", "is nobody who may have applications");
    }
    return user;
  }

  private ClientModel mine(String id) {
    return applications
        .find(caller.user(), id)
        .orElseThrow(
            () ->
                Problem.of(Problem.Kind.NOT_FOUND, "You have no application of this id")
                    .exception());
  }

  private void event(EventType type, ClientModel client, Optional<String> to) {
    EventBuilder event =
        new EventBuilder(
                session.getContext().getRealm(), session, session.getContext().getConnection())
            .event(type)
            .client(client)
            .user(caller.user())
            .detail(Details.REASON, "access key application");
    ClientAddress.put(event, session);
    to.ifPresent(id -> event.detail("handed_over_to", id));
    event.success();
  }

  private static Response ok(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
