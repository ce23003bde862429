package io.accesskeys.rest.admin;

import static io.accesskeys.rest.admin.AdminContext.ok;

import io.accesskeys.http.EditPreview;
import io.accesskeys.http.HistoryPages;
import io.accesskeys.http.IfMatch;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyBody.AskedEdit;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.RefusalRepresentation;
import io.accesskeys.http.Requests;
import io.accesskeys.http.SuggestionBody;
import io.accesskeys.http.SuggestionRepresentation;
import io.accesskeys.http.Texts;
import io.accesskeys.http.UsageRepresentation;
import io.accesskeys.key.AccessKey;
import io.accesskeys.management.EditedKey;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.suggestion.Suggestions;
import io.accesskeys.management.suggestion.Suggestions.Chosen;
import io.accesskeys.restriction.CallingClient;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Decision;
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
import java.util.function.Consumer;

/** {@code /admin/realms/{realm}/access-keys/{id}}: one key. */
@Produces(MediaType.APPLICATION_JSON)
public final class AdminKeyResource {

  private static final int MAX_HEADERS = 100;

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

  private final AdminContext admin;
  private final OwnerPermissions permissions;
  private final AccessKey key;

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
    return ok(UsageRepresentation.of(admin.session(), key));
  }

  /** Shows the last uses of the key that were refused, or would have been. */
  @GET
  @Path("refusals")
  public Response refusals() {
    permissions.requireView(key);
    return ok(RefusalRepresentation.of(admin.session(), key));
  }

  /** Shows what was done to the key, and by whom. */
  @GET
  @Path("history")
  public Response history() {
    permissions.requireView(key);
    return new HistoryPages(admin.session()).forAdministrator(key);
  }

  /** Changes what is written on the key, or what it is good for. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public Response edit(byte[] body) {
    permissions.requireManage(key);
    AskedEdit asked = KeyBody.edit(admin.session(), body);
    if (asked.dryRun()) {
      EditedKey planned = admin.manager().preview(key, asked.edit(), admin.actor());
      return ok(
          EditPreview.of(
              admin.shown(planned.key()), planned.effect(), suggestions().outlook(planned.key())));
    }
    return ok(admin.shown(admin.manager().edit(key, asked.edit(), admin.actor())));
  }

  /** What the key needs, by what it was used for. */
  @GET
  @Path("suggestion")
  public Response suggestion() {
    permissions.requireView(key);
    return ok(SuggestionRepresentation.of(admin.realm(), suggestions().of(key)));
  }

  /** Narrows the key as it was suggested. */
  @POST
  @Path("suggestion")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response narrow(byte[] body) {
    permissions.requireManage(key);
    Chosen chosen = SuggestionBody.read(admin.session(), body);
    return ok(admin.shown(suggestions().apply(key, chosen, admin.manager(), admin.actor())));
  }

  /** Gives the key a new secret, which the administrator sees and its owner is told of. */
  @POST
  @Path("roll")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response roll(byte[] body) {
    permissions.requireActingAs(key);
    Requests.requireTransportForSecrets(admin.session());
    IssuedKey rolled =
        admin.manager().roll(key, KeyBody.roll(admin.session(), body), admin.actor());
    return ok(
        KeyRepresentation.withSecret(admin.session(), rolled, admin.now())
            .withOwner(admin.session(), rolled.key()));
  }

  /** Switches the key off; its owner cannot switch it on again. */
  @POST
  @Path("suspend")
  public Response suspend() {
    return done(version -> admin.manager().suspend(key, version, admin.actor()));
  }

  /** Switches the key on again. */
  @POST
  @Path("resume")
  public Response resume() {
    return done(version -> admin.manager().resume(key, version, admin.actor()));
  }

  /** Revokes the key, for good. Revoking it again changes nothing. */
  @DELETE
  public Response revoke() {
    return done(version -> admin.manager().revoke(key, version, Optional.empty(), admin.actor()));
  }

  /** Revokes the key and says why. */
  @POST
  @Path("revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revoke(byte[] body) {
    permissions.requireManage(key);
    Optional<String> reason = KeyBody.reason(admin.session(), body);
    return done(version -> admin.manager().revoke(key, version, reason, admin.actor()));
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
      throw new InvalidRequestException("caller", "is not a client of this realm");
    }
    return client;
  }

  private Suggestions suggestions() {
    return new Suggestions(admin.session(), admin.policy());
  }

  private Response done(Consumer<Optional<Integer>> change) {
    permissions.requireManage(key);
    change.accept(IfMatch.version(admin.session()));
    return Response.noContent().build();
  }
}
