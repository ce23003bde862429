package io.accesskeys.rest.admin;

import static io.accesskeys.rest.admin.AdminContext.ok;

import io.accesskeys.http.Created;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyPages;
import io.accesskeys.http.KeyQuery;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.key.AccessKey;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.VisibleKeys.Count;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.PresentedKeys;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code /admin/realms/{realm}/access-keys}: every key of a realm, for its administrators. */
@Produces(MediaType.APPLICATION_JSON)
public final class AccessKeysAdminResource {

  private final AdminContext admin;
  private final OwnerPermissions permissions;

  private record Sought(String key) {

    @Override
    public String toString() {
      return "a key's id or text";
    }
  }

  AccessKeysAdminResource(AdminContext admin) {
    this.admin = admin;
    this.permissions = admin.permissions();
  }

  /** One key. */
  @Path("{id}")
  public AdminKeyResource key(@PathParam("id") String id) {
    permissions.requireAnyView();
    return new AdminKeyResource(admin, found(id));
  }

  /** What the realm allows of keys. */
  @Path("policy")
  public PolicyResource policy() {
    return new PolicyResource(admin);
  }

  /** The clients that keys are issued for. */
  @Path("apis")
  public ApisResource apis() {
    return new ApisResource(admin);
  }

  /** Rules by which gitleaks finds this realm's keys in source code. */
  @GET
  @Path("scanner-rules")
  @Produces(MediaType.TEXT_PLAIN)
  public Response scannerRules() {
    permissions.requireAnyView();
    return Response.ok(ScannerRules.gitleaks(admin.realm().getName(), admin.policy())).build();
  }

  /** Everything that is stored of the keys, a page of them. */
  @GET
  @Path("export")
  public Response exportKeys() {
    return new TransferResource(admin).export();
  }

  /** Stores keys that were exported, and says what became of each. */
  @POST
  @Path("import")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response importKeys(byte[] body) {
    return new TransferResource(admin).add(body);
  }

  /** The same from a table of keys that another system made. */
  @POST
  @Path("import")
  @Consumes("text/csv")
  public Response importCsv(byte[] body) {
    return new TransferResource(admin).addCsv(body);
  }

  /** Creates a key for the {@code owner} in the body. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(byte[] body) {
    permissions.requireAnyManage();
    Requests.requireTransportForSecrets(admin.session());
    JsonBody json = KeyBody.ofNewKey(admin.session(), body, NewOwner.class);
    KeyOwner owner = permissions.namedOwner(json.as(NewOwner.class).one(), KeyBody.kind(json));
    permissions.requireActingAs(owner);
    KeyRequest request = KeyBody.newKey(json, Restrictions.of(admin.session()));
    IssuedKey issued = admin.manager().create(request, owner, admin.actor());
    KeyRepresentation created =
        KeyRepresentation.withSecret(admin.session(), issued, admin.now())
            .withOwner(admin.session(), issued.key());
    return Created.response(admin.session(), issued.key().id(), created);
  }

  /**
   * The keys that pass the filter, a page of them. Those whose owners the administrator may not see
   * are as good as not there.
   */
  @GET
  public Response list() {
    permissions.requireAnyView();
    KeySearch search = new KeyQuery(admin.session()).search(KeyQuery.OF_ADMIN, admin.now());
    return new KeyPages(admin.session())
        .page(search, permissions::canView, keys -> keys.stream().map(admin::shown).toList());
  }

  /** How many keys pass the filter, of those whose owners the administrator may see. */
  @GET
  @Path("count")
  public Response count() {
    permissions.requireAnyView();
    KeySearch search = new KeyQuery(admin.session()).all(KeyQuery.OF_ADMIN, admin.now());
    Count count =
        permissions.seesAll()
            ? new Count(admin.store().count(admin.realm(), search), false)
            : admin.store().visible(admin.realm(), permissions::canView).count(search);
    return ok(
        count.atLeast()
            ? Map.of("count", count.count(), "atLeast", true)
            : Map.of("count", count.count()));
  }

  /** Whether what keys rely on outside of this extension is as it should be. */
  @GET
  @Path("health")
  public Response health() {
    admin.auth().realm().requireViewRealm();
    return ok(HealthRepresentation.of(admin.session()));
  }

  /** The key with this id or this text, which is in the body because a text is a secret. */
  @POST
  @Path("find")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response find(byte[] body) {
    permissions.requireAnyView();
    Requests.requireTransportForSecrets(admin.session());
    String pasted = JsonBody.read(admin.session(), body, Sought.class).key().strip();
    PresentedKeys keys = new PresentedKeys(admin.session());
    // A text that is pasted after the last day is still the key that somebody asks about.
    AccessKey key = found(keys.readAnyDay(pasted).flatMap(keys::id).orElse(pasted));
    permissions.requireView(key);
    return ok(admin.shown(key));
  }

  /** Revokes every key that passes the filter, or counts them. */
  @POST
  @Path("revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revokeAll(byte[] body) {
    permissions.requireAnyManage();
    return new BulkRevocation(admin).answer(body);
  }

  /** A key that the administrator must not know of is as good as none. */
  private AccessKey found(String id) {
    return admin
        .store()
        .find(admin.realm(), id)
        .filter(permissions::mayKnow)
        .orElseThrow(() -> Problem.of(Problem.Kind.NOT_FOUND, "No key has this id").exception());
  }
}
