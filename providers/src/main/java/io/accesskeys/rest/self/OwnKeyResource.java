package io.accesskeys.rest.self;

import io.accesskeys.http.IfMatch;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.http.UsageRepresentation;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.Applications;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyEditor;
import io.accesskeys.management.KeyEditor.Edited;
import io.accesskeys.management.KeyEditor.Effect;
import io.accesskeys.management.KeyEvents;
import io.accesskeys.management.KeyRoller;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
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
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code /realms/{realm}/access-keys/{id}}: a key of the caller, or of their application. */
@Produces(MediaType.APPLICATION_JSON)
public final class OwnKeyResource {

  private static final Set<KeyState> DEAD =
      Set.of(KeyState.REVOKED, KeyState.EXPIRED, KeyState.EXPOSED);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final SecureRandom random;
  private final Caller caller;
  private final String id;
  private final Instant now = Requests.now();

  OwnKeyResource(
      KeycloakSession session, RealmPolicy policy, SecureRandom random, Caller caller, String id) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.random = random;
    this.caller = caller;
    this.id = id;
  }

  /** Shows the key. */
  @GET
  public Response get() {
    caller.mayView();
    return shown(owned());
  }

  /** How the key and its secrets are used. */
  @GET
  @Path("usage")
  public Response usage() {
    caller.mayView();
    return ok(UsageRepresentation.of(owned()));
  }

  /** Changes what is written on the key, or what it is good for; more of it needs a fresh login. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public Response edit(byte[] body) {
    caller.mayManage();
    AccessKey key = owned();
    KeyEdit edit = KeyBody.edit(session, body);
    Edited edited =
        new KeyEditor(session).apply(key, edit, new KeyOwner.Person(caller.user()), now);
    if (edited.effect() == Effect.MORE) {
      requireRole(key).freshly(policy.freshLogin(), now);
    }
    if (edit.version().filter(version -> version != key.version()).isPresent()
        || !store().replace(edited.key())) {
      return conflict("The key was revoked, or has another version by now");
    }
    event("edit", key);
    return shown(owned());
  }

  /** Gives the key a new secret. */
  @POST
  @Path("roll")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response roll(byte[] body) {
    caller.mayManage();
    Requests.requireTransportForSecrets(session);
    AccessKey key = owned();
    caller.freshly(policy.freshLogin(), now);
    IssuedKey rolled =
        new KeyRoller(session, policy, random).roll(key, KeyBody.roll(session, body), now);
    new KeyEvents(session).rolled(rolled.key(), caller.user());
    return ok(KeyRepresentation.withSecret(session, rolled, now));
  }

  /** Switches the key off until it is resumed. Off already, nothing changes. */
  @POST
  @Path("suspend")
  public Response suspend() {
    caller.mayManage();
    AccessKey key = unrevoked();
    if (store().lifecycle().suspend(realm, id, new Suspension(now, caller.user().getId()))) {
      event("suspend", key);
    }
    return Response.noContent().build();
  }

  /** Switches the key on again, if it was its owner who switched it off. */
  @POST
  @Path("resume")
  public Response resume() {
    caller.mayManage();
    AccessKey key = unrevoked();
    Optional<Suspension> suspension = key.validity().suspended();
    if (suspension.filter(off -> !off.by().equals(caller.user().getId())).isPresent()) {
      throw Problem.of(Problem.Kind.FORBIDDEN, "An administrator has suspended this key")
          .exception();
    }
    if (suspension.isPresent() && store().lifecycle().resume(realm, id)) {
      event("resume", key);
    }
    return Response.noContent().build();
  }

  /** Revokes the key, for good. Revoking it again changes nothing. */
  @DELETE
  public Response revoke() {
    return revoke(Optional.empty());
  }

  /** Revokes the key and says why. */
  @POST
  @Path("revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revoke(byte[] body) {
    caller.mayManage();
    return revoke(KeyBody.reason(session, body));
  }

  /** Takes a key that is dead off its owner's list. */
  @POST
  @Path("remove")
  public Response remove() {
    caller.mayManage();
    AccessKey key = IfMatch.matching(session, owned());
    if (!DEAD.contains(key.stateAt(now, policy.limits(key.kind())))) {
      return conflict("The key is good; revoke it first");
    }
    if (store().lifecycle().remove(realm, id, now)) {
      event("remove", key);
    }
    return Response.noContent().build();
  }

  private Response revoke(Optional<String> reason) {
    caller.mayManage();
    AccessKey key = IfMatch.matching(session, owned());
    if (store().lifecycle().revoke(realm, id, new Revocation(now, reason))) {
      new KeyEvents(session).revoked(key, caller.user());
    }
    return Response.noContent().build();
  }

  /** Somebody else's key is as good as none. */
  private AccessKey owned() {
    return store()
        .find(realm, id)
        .filter(
            key ->
                key.ownerId().equals(caller.user().getId())
                    || new Applications(session, realm).manages(caller.user(), key))
        .orElseThrow(
            () -> Problem.of(Problem.Kind.NOT_FOUND, "You have no key of this id").exception());
  }

  private Caller requireRole(AccessKey key) {
    return key.ownerId().equals(caller.user().getId())
        ? caller.withRole(session, policy.selfService().role())
        : caller.forApplications(session, policy);
  }

  private AccessKey unrevoked() {
    AccessKey key = IfMatch.matching(session, owned());
    if (key.validity().revoked().isPresent()) {
      throw Problem.of(Problem.Kind.CONFLICT, "The key is revoked").exception();
    }
    return key;
  }

  private void event(String what, AccessKey key) {
    new KeyEvents(session).updated(what, key, caller.user());
  }

  private Response shown(AccessKey key) {
    return ok(KeyRepresentation.of(session, key, now));
  }

  private static Response ok(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static Response conflict(String detail) {
    return Problem.of(Problem.Kind.CONFLICT, detail).response().build();
  }

  private KeyStore store() {
    return session.getProvider(KeyStore.class);
  }
}
