package io.accesskeys.endpoint.self;

import io.accesskeys.audit.Audit;
import io.accesskeys.endpoint.JsonBody;
import io.accesskeys.endpoint.KeyRepresentation;
import io.accesskeys.endpoint.Problem;
import io.accesskeys.endpoint.Requests;
import io.accesskeys.endpoint.verify.VerifyResource;
import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.issue.IssuedKey;
import io.accesskeys.issue.KeyIssuer;
import io.accesskeys.issue.KeyRequest;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.rolling.KeyRoller;
import io.accesskeys.rolling.RollConflictException;
import io.accesskeys.rolling.RollRequest;
import io.accesskeys.rolling.RollRequest.Replace;
import io.accesskeys.store.KeyFilter;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code /realms/{realm}/access-keys}: a person's own keys, and the ways in that live below it. */
@Produces(MediaType.APPLICATION_JSON)
public final class SelfServiceResource {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final SecureRandom random;
  private final RealmPolicy policy = RealmPolicy.DEFAULT;

  SelfServiceResource(KeycloakSession session, SecureRandom random) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.random = random;
  }

  /** Forward authentication. */
  @Path("verify")
  public VerifyResource verify() {
    return new VerifyResource(session);
  }

  /** Creates a personal access token for the caller. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(String body) {
    Caller caller = caller().mayManage();
    Requests.requireTransportForSecrets(session);
    Instant now = Requests.now();
    try {
      KeyRequest request = JsonBody.ofKey(body).keyRequest();
      if (request.kind() != KeyKind.PERSONAL_ACCESS_TOKEN) {
        throw new InvalidRequestException("kind", "must be personal-access-token here");
      }
      IssuedKey issued =
          new KeyIssuer(session, policy, random)
              .issue(request, caller.user(), caller.user().getId(), now);
      changed(EventType.UPDATE_CREDENTIAL, "create", issued.key(), caller);
      return Response.status(Response.Status.CREATED)
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .entity(KeyRepresentation.withSecret(issued, realm, now))
          .build();
    } catch (InvalidRequestException e) {
      return Problem.of(e).response().build();
    }
  }

  /** The caller's keys, newest first. */
  @GET
  public Response list() {
    Caller caller = caller().mayView();
    Instant now = Requests.now();
    return ok(
        store().list(realm, KeyFilter.ownedBy(caller.user().getId())).stream()
            .map(key -> KeyRepresentation.of(key, realm, now))
            .toList());
  }

  /** One of the caller's keys. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    Caller caller = caller().mayView();
    return ok(KeyRepresentation.of(owned(id, caller), realm, Requests.now()));
  }

  /** Gives one of the caller's keys a new secret. */
  @POST
  @Path("{id}/roll")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response roll(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, String body) {
    Caller caller = caller().mayManage();
    Requests.requireTransportForSecrets(session);
    AccessKey key = owned(id, caller);
    Instant now = Requests.now();
    try {
      JsonBody json = JsonBody.of(body, Set.of("overlap", "replacePending"));
      RollRequest request =
          new RollRequest(
              json.duration("overlap"),
              json.isTrue("replacePending") ? Replace.REPLACE : Replace.REFUSE,
              version(ifMatch));
      IssuedKey rolled = new KeyRoller(session, policy, random).roll(key, request, now);
      changed(EventType.UPDATE_CREDENTIAL, "roll", rolled.key(), caller);
      return ok(KeyRepresentation.withSecret(rolled, realm, now));
    } catch (InvalidRequestException e) {
      return Problem.of(e).response().build();
    } catch (RollConflictException e) {
      return Problem.of(Problem.Kind.CONFLICT, e.getMessage()).response().build();
    }
  }

  /** Revokes one of the caller's keys, for good. Revoking it again changes nothing. */
  @DELETE
  @Path("{id}")
  public Response revoke(@PathParam("id") String id) {
    Caller caller = caller().mayManage();
    AccessKey key = owned(id, caller);
    if (store().revoke(realm, key.id(), Requests.now())) {
      changed(EventType.REMOVE_CREDENTIAL, "revoke", key, caller);
    }
    return Response.noContent().build();
  }

  private Caller caller() {
    if (Requests.keyInUrl(session)) {
      throw Problem.of(Problem.Kind.INVALID_REQUEST, "An access key must never be in a URL")
          .exception();
    }
    return Caller.authenticate(session, policy);
  }

  /** Somebody else's key is as good as none. */
  private AccessKey owned(String id, Caller caller) {
    return store()
        .find(realm, id)
        .filter(key -> key.ownerId().equals(caller.user().getId()))
        .orElseThrow(
            () -> Problem.of(Problem.Kind.NOT_FOUND, "You have no key of this id").exception());
  }

  private void changed(EventType type, String what, AccessKey key, Caller caller) {
    new EventBuilder(realm, session, session.getContext().getConnection())
        .event(type)
        .user(caller.user())
        .detail(Details.CREDENTIAL_TYPE, key.kind().wireName())
        .detail(Details.CREDENTIAL_ID, key.id())
        .detail(Details.CREDENTIAL_USER_LABEL, key.name())
        .detail(Audit.KEY_ID, key.id())
        .detail("action", what)
        .success();
  }

  private static Optional<Integer> version(String ifMatch) throws InvalidRequestException {
    if (ifMatch == null) {
      return Optional.empty();
    }
    if (!ifMatch.matches("\"[0-9]{1,9}\"")) {
      throw new InvalidRequestException("If-Match", "must be the key's version in quotes");
    }
    return Optional.of(Integer.valueOf(ifMatch.substring(1, ifMatch.length() - 1)));
  }

  private static Response ok(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private KeyStore store() {
    return session.getProvider(KeyStore.class);
  }
}
