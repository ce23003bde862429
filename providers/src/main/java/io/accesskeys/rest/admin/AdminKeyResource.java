package io.accesskeys.rest.admin;

import static io.accesskeys.rest.admin.AdminContext.conflict;
import static io.accesskeys.rest.admin.AdminContext.ok;

import io.accesskeys.http.IfMatch;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.http.Texts;
import io.accesskeys.http.UsageRepresentation;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyEditor;
import io.accesskeys.management.KeyEditor.Edited;
import io.accesskeys.management.KeyEditor.Effect;
import io.accesskeys.management.KeyEvents;
import io.accesskeys.management.KeyRoller;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.restriction.CallingClient;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Decision;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.admin.OperationType;

/** {@code /admin/realms/{realm}/access-keys/{id}}: one key. */
@Produces(MediaType.APPLICATION_JSON)
public final class AdminKeyResource {

  private static final int MAX_HEADERS = 100;

  private final AdminContext admin;
  private final OwnerPermissions permissions;
  private final AccessKey key;

  /** A request of which it is asked whether it would pass. */
  private record Attempt(
      Optional<String> address,
      Optional<String> caller,
      Optional<Map<String, String>> headers,
      Optional<Instant> at,
      Optional<String> client,
      Optional<Texts> scopes) {

    RequestHeaders requestHeaders() {
      if (headers.filter(sent -> sent.size() > MAX_HEADERS).isPresent()) {
        throw new InvalidRequestException(
            "headers", "must have at most " + MAX_HEADERS + " members");
      }
      return Requests.headers(headers.orElse(Map.of()));
    }
  }

  AdminKeyResource(AdminContext admin, AccessKey key) {
    this.admin = admin;
    this.permissions = admin.permissions();
    this.key = key;
  }

  /** Shows the key. */
  @GET
  public Response get() {
    permissions.requireView(key);
    return ok(admin.shown(key));
  }

  /** Shows how the key and each of its secrets are used. */
  @GET
  @Path("usage")
  public Response usage() {
    permissions.requireView(key);
    return ok(UsageRepresentation.of(key));
  }

  /** Changes what is written on the key, or what it is good for. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public Response edit(byte[] body) {
    permissions.requireManage(key);
    KeyEdit edit = KeyBody.edit(admin.session(), body);
    Optional<KeyOwner> owner = KeyOwner.of(key, admin.session(), admin.realm());
    if (owner.isEmpty()) {
      return conflict("The owner of the key is gone");
    }
    if (owner.get() instanceof KeyOwner.Unreachable) {
      return conflict("The user federation of the key's owner does not answer");
    }
    Edited edited = new KeyEditor(admin.session()).apply(key, edit, owner.get(), admin.now());
    if (edited.effect() == Effect.MORE) {
      permissions.requireActingAs(key);
    }
    if (edit.version().filter(version -> version != key.version()).isPresent()
        || !admin.store().replace(edited.key())) {
      return conflict("The key was revoked, or has another version by now");
    }
    return changed();
  }

  /** Gives the key a new secret, which the administrator sees and its owner is told of. */
  @POST
  @Path("roll")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response roll(byte[] body) {
    permissions.requireActingAs(key);
    Requests.requireTransportForSecrets(admin.session());
    IssuedKey rolled =
        new KeyRoller(admin.session(), admin.policy(), admin.random())
            .roll(key, KeyBody.roll(admin.session(), body), admin.now());
    admin.event(OperationType.UPDATE, rolled.key(), admin.shown(rolled.key()));
    new KeyEvents(admin.session()).tellRolled(rolled.key());
    return ok(
        KeyRepresentation.withSecret(admin.session(), rolled, admin.now())
            .withOwner(admin.session(), rolled.key()));
  }

  /** Switches the key off; its owner cannot switch it on again. */
  @POST
  @Path("suspend")
  public Response suspend() {
    permissions.requireManage(key);
    IfMatch.matching(admin.session(), key);
    requireUnrevoked();
    Suspension suspension = new Suspension(admin.now(), admin.adminId());
    if (admin.store().lifecycle().suspend(admin.realm(), key.id(), suspension)) {
      changed();
    }
    return Response.noContent().build();
  }

  /** Switches the key on again. */
  @POST
  @Path("resume")
  public Response resume() {
    permissions.requireManage(key);
    IfMatch.matching(admin.session(), key);
    requireUnrevoked();
    if (admin.store().lifecycle().resume(admin.realm(), key.id())) {
      changed();
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
    permissions.requireManage(key);
    return revoke(KeyBody.reason(admin.session(), body));
  }

  /** Says whether a request with the key's current secret would pass, and if not, why. */
  @POST
  @Path("explain")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response explain(byte[] body) {
    permissions.requireView(key);
    Attempt asked = JsonBody.read(admin.session(), body, Attempt.class);
    RequestFacts facts =
        new RequestFacts(
            asked.address(),
            caller(asked.caller()),
            asked.requestHeaders(),
            asked.at().orElse(admin.now()));
    Requirements demand =
        new Requirements(
            asked.client(),
            Optional.empty(),
            asked.scopes().<Set<String>>map(sent -> new HashSet<>(sent.values())).orElse(Set.of()));
    Decision decision = new Verifier(admin.session()).explain(key, facts, demand);
    return ok(ExplainRepresentation.of(decision));
  }

  private Optional<CallingClient> caller(Optional<String> clientId) throws InvalidRequestException {
    Optional<CallingClient> client =
        clientId.map(admin.realm()::getClientByClientId).map(Requests::calling);
    if (clientId.isPresent() && client.isEmpty()) {
      throw new InvalidRequestException("caller", "is no client of this realm");
    }
    return client;
  }

  private Response revoke(Optional<String> reason) {
    permissions.requireManage(key);
    IfMatch.matching(admin.session(), key);
    if (admin
        .store()
        .lifecycle()
        .revoke(admin.realm(), key.id(), new Revocation(admin.now(), reason))) {
      admin.event(OperationType.DELETE, key, admin.shown(reread()));
      admin.tell(NoticeKind.REVOKED, reread());
    }
    return Response.noContent().build();
  }

  private Response changed() {
    AccessKey now = reread();
    admin.event(OperationType.UPDATE, now, admin.shown(now));
    return ok(admin.shown(now));
  }

  private AccessKey reread() {
    return admin.store().find(admin.realm(), key.id()).orElse(key);
  }

  private void requireUnrevoked() {
    if (key.validity().revoked().isPresent()) {
      throw Problem.of(Problem.Kind.CONFLICT, "The key is revoked").exception();
    }
  }
}
