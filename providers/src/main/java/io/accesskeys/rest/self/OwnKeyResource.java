package io.accesskeys.rest.self;

import io.accesskeys.http.EditPreview;
import io.accesskeys.http.HistoryPages;
import io.accesskeys.http.IfMatch;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyBody.AskedEdit;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.RefusalRepresentation;
import io.accesskeys.http.Requests;
import io.accesskeys.http.SuggestionBody;
import io.accesskeys.http.SuggestionRepresentation;
import io.accesskeys.http.UsageRepresentation;
import io.accesskeys.key.AccessKey;
import io.accesskeys.management.Actor;
import io.accesskeys.management.EditedKey;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.KeyNotFoundException;
import io.accesskeys.management.suggestion.Suggestions;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/access-keys/{id}}: a key of the caller, or of their application. */
@Produces(MediaType.APPLICATION_JSON)
public final class OwnKeyResource {

  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final SecureRandom random;
  private final Caller caller;
  private final String id;
  private final Instant now = Requests.now();

  OwnKeyResource(
      KeycloakSession session, RealmPolicy policy, SecureRandom random, Caller caller, String id) {
    this.session = session;
    this.policy = policy;
    this.random = random;
    this.caller = caller;
    this.id = id;
  }

  /** Shows the key. */
  @GET
  public Response get() {
    return ok(KeyRepresentation.of(session, viewed(), now));
  }

  /** How the key and its secrets are used. */
  @GET
  @Path("usage")
  public Response usage() {
    return ok(UsageRepresentation.of(session, viewed()));
  }

  /** The last uses of the key that were refused, or would have been. */
  @GET
  @Path("refusals")
  public Response refusals() {
    return ok(RefusalRepresentation.of(session, viewed()));
  }

  /** What was done to the key, and by whom. */
  @GET
  @Path("history")
  public Response history() {
    return new HistoryPages(session).forPerson(viewed(), caller.user().getId());
  }

  /** Changes what is written on the key, or what it is good for; more of it needs a fresh login. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public Response edit(byte[] body) {
    return with(
        (manager, key, actor) -> {
          AskedEdit asked = KeyBody.edit(session, body);
          if (asked.dryRun()) {
            EditedKey planned = manager.preview(key, asked.edit(), actor);
            return ok(
                EditPreview.of(
                    KeyRepresentation.of(session, planned.key(), now),
                    planned.effect(),
                    suggestions().outlook(planned.key())));
          }
          AccessKey edited = manager.edit(key, asked.edit(), actor);
          return ok(KeyRepresentation.of(session, edited, now));
        });
  }

  /** What the key needs, by what it was used for. */
  @GET
  @Path("suggestion")
  public Response suggestion() {
    return ok(
        SuggestionRepresentation.of(session.getContext().getRealm(), suggestions().of(viewed())));
  }

  /** Narrows the key as it was suggested, for which no fresh login is needed. */
  @POST
  @Path("suggestion")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response narrow(byte[] body) {
    return with(
        (manager, key, actor) -> {
          AccessKey narrowed =
              suggestions().apply(key, SuggestionBody.read(session, body), manager, actor);
          return ok(KeyRepresentation.of(session, narrowed, now));
        });
  }

  /** Gives the key a new secret. */
  @POST
  @Path("roll")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response roll(byte[] body) {
    caller.mayManage();
    Requests.requireTransportForSecrets(session);
    return with(
        (manager, key, actor) ->
            ok(
                KeyRepresentation.withSecret(
                    session, manager.roll(key, KeyBody.roll(session, body), actor), now)));
  }

  /** Switches the key off until it is resumed. Off already, nothing changes. */
  @POST
  @Path("suspend")
  public Response suspend() {
    return with(
        (manager, key, actor) -> {
          manager.suspend(key, IfMatch.version(session), actor);
          return Response.noContent().build();
        });
  }

  /** Switches the key on again, unless an administrator has switched it off. */
  @POST
  @Path("resume")
  public Response resume() {
    return with(
        (manager, key, actor) -> {
          manager.resume(key, IfMatch.version(session), actor);
          return Response.noContent().build();
        });
  }

  /** Revokes the key, for good. Revoking it again changes nothing. */
  @DELETE
  public Response revoke() {
    return with(
        (manager, key, actor) -> {
          manager.revoke(key, IfMatch.version(session), Optional.empty(), actor);
          return Response.noContent().build();
        });
  }

  /** Revokes the key and says why. */
  @POST
  @Path("revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revoke(byte[] body) {
    return with(
        (manager, key, actor) -> {
          manager.revoke(key, IfMatch.version(session), KeyBody.reason(session, body), actor);
          return Response.noContent().build();
        });
  }

  /** Takes a key that is dead off its owner's list. */
  @POST
  @Path("remove")
  public Response remove() {
    return with(
        (manager, key, actor) -> {
          manager.remove(key, IfMatch.version(session), actor);
          return Response.noContent().build();
        });
  }

  /** What is done to the key. */
  @FunctionalInterface
  private interface Work {
    Response with(KeyManager manager, AccessKey key, Actor.Person actor)
        throws InvalidRequestException;
  }

  private Response with(Work work) {
    caller.mayManage();
    AccessKey key = found();
    Actor.Person actor = caller.on(session, key);
    return work.with(new KeyManager(session, policy, random, now), key, actor);
  }

  private Suggestions suggestions() {
    return new Suggestions(session, policy);
  }

  private AccessKey viewed() {
    caller.mayView();
    AccessKey key = found();
    caller.on(session, key);
    return key;
  }

  private AccessKey found() {
    return session
        .getProvider(KeyStore.class)
        .find(session.getContext().getRealm(), id)
        .orElseThrow(KeyNotFoundException::new);
  }

  private static Response ok(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
