package io.accesskeys.rest.admin;

import static io.accesskeys.rest.admin.AdminContext.ok;

import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.api.ApiChanges;
import io.accesskeys.management.api.ApiCheck;
import io.accesskeys.management.api.ApiDeclaration;
import io.accesskeys.management.api.ApiPlan;
import io.accesskeys.management.api.ApiPlanner;
import io.accesskeys.management.api.Applied;
import io.accesskeys.management.api.Change;
import io.accesskeys.policy.RealmLock;
import io.accesskeys.store.DurableEntities;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;

/** {@code …/access-keys/apis}: the clients that keys are issued for, checked and prepared. */
@Produces(MediaType.APPLICATION_JSON)
public final class ApisResource {

  private final AdminContext admin;
  private final RealmModel realm;

  ApisResource(AdminContext admin) {
    this.admin = admin;
    this.realm = admin.realm();
  }

  /** What is right and wrong with every API client that the administrator may see. */
  @GET
  public Response list() {
    admin.auth().clients().requireList();
    return ok(ApiCheck.all(realm, admin.auth().clients()::canView).toList());
  }

  /** The same of one client, whether it has opted in or not. */
  @GET
  @Path("{client_id}")
  public Response get(@PathParam("client_id") String clientId) {
    admin.auth().clients().requireList();
    ClientModel client = existing(clientId);
    admin.auth().clients().requireView(client);
    return ok(ApiCheck.of(client));
  }

  /** Makes the client what the body says, with all that it takes, or says what it would take. */
  @PUT
  @Path("{client_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response prepare(@PathParam("client_id") String clientId, byte[] body) {
    admin.auth().clients().requireList();
    if (find(clientId) == null) {
      ApiBody.requireNewClientId(clientId);
    }
    ApiRights rights = new ApiRights(realm, admin.auth(), clientId);
    rights.requireClient();
    Requests.requireDryRunInBody(admin.session());
    ApiBody sent = ApiBody.of(admin.json(body));
    ApiDeclaration declared = sent.declaration(clientId);
    if (!sent.isDryRun()) {
      RealmLock.take(admin.session(), realm);
    }
    ApiPlan plan = ApiPlanner.plan(realm, declared);
    plan.changes().forEach(rights::require);
    return sent.isDryRun()
        ? ok(ApiRepresentation.of(plan, find(clientId)))
        : carryOut(plan, clientId, rights);
  }

  /** Opts the client out. Its keys are kept, and refused until it is prepared again. */
  @DELETE
  @Path("{client_id}")
  public Response optOut(@PathParam("client_id") String clientId) {
    admin.auth().clients().requireList();
    ClientModel client = existing(clientId);
    ApiRights rights = new ApiRights(realm, admin.auth(), clientId);
    rights.requireClient();
    apply(ApiPlanner.optOut(client), clientId, rights);
    return Response.noContent().build();
  }

  private Response carryOut(ApiPlan plan, String clientId, ApiRights rights) {
    boolean isNew = find(clientId) == null;
    try {
      apply(plan, clientId, rights);
    } catch (ModelDuplicateException e) {
      admin.session().getTransactionManager().setRollbackOnly();
      return AdminContext.conflict(
          "Somebody else has changed the same at this moment, so nothing was changed. Send the"
              + " request again");
    }
    return Response.status(isNew ? Response.Status.CREATED : Response.Status.OK)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .location(isNew ? admin.session().getContext().getUri().getAbsolutePath() : null)
        .entity(ApiRepresentation.of(plan, find(clientId)))
        .build();
  }

  /** All of it, and only then its events: listeners must not hear of what is rolled back. */
  private void apply(ApiPlan plan, String clientId, ApiRights rights) {
    ApiChanges changes =
        new ApiChanges(
            admin.session(),
            realm,
            clientId,
            new AdminClientHooks(admin.session(), admin.auth().adminAuth()));
    List<Applied> applied = new ArrayList<>();
    for (Change change : plan.changes()) {
      requireStill(rights, change);
      applied.add(change.accept(changes));
    }
    DurableEntities.of(admin.session()).flush();
    applied.forEach(this::tell);
  }

  /** What the plan could not ask, because there was nothing to ask about. */
  private void requireStill(ApiRights rights, Change change) {
    if (!change.accept(rights)) {
      admin.session().getTransactionManager().setRollbackOnly();
      rights.require(change);
    }
  }

  private void tell(Applied applied) {
    admin
        .events()
        .resource(applied.change().resource())
        .operation(applied.change().operation())
        .resourcePath(applied.path())
        .representation(applied.representation())
        .success();
  }

  private ClientModel existing(String clientId) {
    ClientModel client = find(clientId);
    if (client == null) {
      throw Problem.of(Problem.Kind.NOT_FOUND, "No client of this realm has this client_id")
          .exception();
    }
    return client;
  }

  private ClientModel find(String clientId) {
    return StorableText.mayBeName(clientId) ? realm.getClientByClientId(clientId) : null;
  }
}
