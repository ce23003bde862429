package io.accesskeys.rest.self;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.http.Created;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.Problem;
import io.accesskeys.management.ApplicationTransfers;
import io.accesskeys.management.ApplicationTransfers.Offer;
import io.accesskeys.management.Applications;
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
import org.keycloak.models.UserModel;

/** {@code /realms/{realm}/access-keys/applications}: the caller's applications. */
@Produces(MediaType.APPLICATION_JSON)
public final class ApplicationsResource {

  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final Caller caller;
  private final Applications applications;
  private final ApplicationTransfers transfers;
  private final Instant now;

  /** For the request of this session. */
  public ApplicationsResource(
      KeycloakSession session, RealmPolicy policy, Caller caller, Instant now) {
    this.session = session;
    this.policy = policy;
    this.caller = caller;
    this.applications = new Applications(session, session.getContext().getRealm());
    this.transfers = new ApplicationTransfers(session, policy, now);
    this.now = now;
  }

  /**
   * An application as the REST API shows it.
   *
   * @param id names it in this API
   * @param createdAt ISO-8601 in UTC
   * @param offeredUntil until when it is offered to somebody else; absent if it is not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Representation(
      String id, String clientId, String name, String createdAt, String offeredUntil) {

    static Representation of(ClientModel client, Optional<Offer> offer) {
      return new Representation(
          client.getId(),
          client.getClientId(),
          client.getName(),
          Applications.createdAt(client),
          offer.map(standing -> standing.until().toString()).orElse(null));
    }
  }

  /**
   * An application that is offered to the caller.
   *
   * @param offeredUntil when the offer ends, as ISO-8601 in UTC
   */
  public record OfferRepresentation(String id, String clientId, String name, String offeredUntil) {

    static OfferRepresentation of(Offer offer) {
      return new OfferRepresentation(
          offer.application().getId(),
          offer.application().getClientId(),
          offer.application().getName(),
          offer.until().toString());
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
    event(EventType.CLIENT_REGISTER, client);
    return Created.response(session, client.getId(), shown(client));
  }

  /** The caller's applications. */
  @GET
  public Response list() {
    caller.mayView();
    return ok(applications.of(caller.user()).map(this::shown).toList());
  }

  /** One of the caller's applications. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    caller.mayView();
    return ok(shown(mine(id)));
  }

  /** Removes one of the caller's applications with all its keys. */
  @DELETE
  @Path("{id}")
  public Response remove(@PathParam("id") String id) {
    caller.mayManage();
    ClientModel client = mine(id);
    event(EventType.CLIENT_DELETE, client);
    applications.remove(client);
    return Response.noContent().build();
  }

  /** Applications that others offer to the caller. */
  @GET
  @Path("offers")
  public Response offers() {
    caller.mayView();
    return ok(transfers.offeredTo(caller.user()).map(OfferRepresentation::of).toList());
  }

  /** Offers one of the caller's applications to somebody who may have one. */
  @POST
  @Path("{id}/transfer")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response offer(@PathParam("id") String id, byte[] body) {
    caller.mayManage().freshly(policy.freshLogin(), now);
    ClientModel client = mine(id);
    String to = JsonBody.read(session, body, Transfer.class).to();
    event(
        EventType.CLIENT_UPDATE, client, "offered_to", transfers.offer(client, caller.user(), to));
    return Response.noContent().build();
  }

  /** Takes the offer of one of the caller's applications back, or declines one made to them. */
  @DELETE
  @Path("{id}/transfer")
  public Response withdraw(@PathParam("id") String id) {
    caller.mayManage();
    ClientModel client =
        applications.find(caller.user(), id).orElseGet(() -> offered(id).application());
    transfers.withdraw(client);
    event(EventType.CLIENT_UPDATE, client, "offer_withdrawn_by", caller.user());
    return Response.noContent().build();
  }

  /** Makes an application that is offered to the caller theirs. */
  @POST
  @Path("{id}/transfer/accept")
  public Response accept(@PathParam("id") String id) {
    caller.mayManage().forApplications(session, policy).freshly(policy.freshLogin(), now);
    Offer offer = offered(id);
    transfers.accept(offer, caller.registrantOf(offer.application()));
    event(EventType.CLIENT_UPDATE, offer.application(), "handed_over_to", caller.user());
    return ok(Representation.of(offer.application(), Optional.empty()));
  }

  private Offer offered(String id) {
    return transfers
        .offeredTo(caller.user())
        .filter(offer -> offer.application().getId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(Problem.Kind.NOT_FOUND, "No application of this id is offered to you")
                    .exception());
  }

  private Representation shown(ClientModel client) {
    return Representation.of(client, transfers.of(client));
  }

  private ClientModel mine(String id) {
    return applications
        .find(caller.user(), id)
        .orElseThrow(
            () ->
                Problem.of(Problem.Kind.NOT_FOUND, "You have no application of this id")
                    .exception());
  }

  private void event(EventType type, ClientModel client) {
    unsent(type, client).success();
  }

  private void event(EventType type, ClientModel client, String detail, UserModel user) {
    unsent(type, client).detail(detail, user.getId()).success();
  }

  private EventBuilder unsent(EventType type, ClientModel client) {
    EventBuilder event =
        new EventBuilder(
                session.getContext().getRealm(), session, session.getContext().getConnection())
            .event(type)
            .client(client)
            .user(caller.user())
            .detail(Details.REASON, "access key application");
    return ClientAddress.put(event, session);
  }

  private static Response ok(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
