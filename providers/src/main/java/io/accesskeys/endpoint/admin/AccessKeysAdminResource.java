package io.accesskeys.endpoint.admin;

import io.accesskeys.endpoint.JsonBody;
import io.accesskeys.endpoint.KeyRepresentation;
import io.accesskeys.endpoint.Problem;
import io.accesskeys.endpoint.Requests;
import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.issue.IssuedKey;
import io.accesskeys.issue.KeyIssuer;
import io.accesskeys.issue.KeyRequest;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
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
import java.security.SecureRandom;
import java.time.Instant;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code /admin/realms/{realm}/access-keys}: every key of a realm, for its administrators. */
@Produces(MediaType.APPLICATION_JSON)
public final class AccessKeysAdminResource {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final OwnerPermissions permissions;
  private final AdminPermissionEvaluator auth;
  private final AdminEventBuilder adminEvent;
  private final SecureRandom random;
  private final RealmPolicy policy = RealmPolicy.DEFAULT;

  AccessKeysAdminResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder adminEvent,
      SecureRandom random) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
    this.permissions = new OwnerPermissions(session, realm, auth);
    this.adminEvent = adminEvent.resource("ACCESS_KEY");
    this.random = random;
  }

  /** Creates a key for the {@code owner} in the body. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(String body) {
    permissions.requireAnyManage();
    Requests.requireTransportForSecrets(session);
    Instant now = Requests.now();
    try {
      JsonBody json = JsonBody.ofKey(body, "owner");
      UserModel owner =
          permissions.requireManagedOwner(json.choice("owner", OwnerPermissions.FORMS));
      KeyRequest request = json.keyRequest();
      KeyKind fitting =
          owner.getServiceAccountClientLink() == null
              ? KeyKind.PERSONAL_ACCESS_TOKEN
              : KeyKind.API_KEY;
      if (request.kind() != fitting) {
        throw new InvalidRequestException(
            "kind", "must be " + fitting.wireName() + " for this owner");
      }
      IssuedKey issued =
          new KeyIssuer(session, policy, random)
              .issue(request, owner, auth.adminAuth().getUser().getId(), now);
      KeyRepresentation created =
          KeyRepresentation.withSecret(issued, realm, now).withOwner(session, issued.key());
      changed(OperationType.CREATE, issued.key(), created.withoutSecret());
      return Response.status(Response.Status.CREATED)
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .entity(created)
          .build();
    } catch (InvalidRequestException e) {
      return Problem.of(e).response().build();
    }
  }

  /** The keys that pass the filter and whose owners the administrator may see, newest first. */
  @GET
  public Response list() {
    permissions.requireAnyView();
    Instant now = Requests.now();
    try {
      return Response.ok(
              store().list(realm, new KeyQuery(session, realm).filter()).stream()
                  .filter(permissions::canView)
                  .map(key -> KeyRepresentation.of(key, realm, now).withOwner(session, key))
                  .toList())
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .build();
    } catch (InvalidRequestException e) {
      return Problem.of(e).response().build();
    }
  }

  /** Revokes a key, for good. Revoking it again changes nothing. */
  @DELETE
  @Path("{id}")
  public Response revoke(@PathParam("id") String id) {
    permissions.requireAnyManage();
    AccessKey key =
        store()
            .find(realm, id)
            .orElseThrow(
                () -> Problem.of(Problem.Kind.NOT_FOUND, "No key has this id").exception());
    permissions.requireManage(key);
    Instant now = Requests.now();
    if (store().revoke(realm, id, now)) {
      changed(
          OperationType.DELETE, key, KeyRepresentation.of(key, realm, now).withOwner(session, key));
    }
    return Response.noContent().build();
  }

  private void changed(OperationType what, AccessKey key, KeyRepresentation representation) {
    adminEvent
        .operation(what)
        .resourcePath("access-keys", key.id())
        .representation(representation)
        .success();
  }

  private KeyStore store() {
    return session.getProvider(KeyStore.class);
  }
}
