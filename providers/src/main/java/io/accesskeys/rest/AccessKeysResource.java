package io.accesskeys.rest;

import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.rest.exposed.ExposedResource;
import io.accesskeys.rest.exposed.ReportBudget;
import io.accesskeys.rest.gateway.VerifyResource;
import io.accesskeys.rest.revocation.RevocationResource;
import io.accesskeys.rest.self.ApplicationsResource;
import io.accesskeys.rest.self.Caller;
import io.accesskeys.rest.self.KeyItselfResource;
import io.accesskeys.rest.self.OptionsResource;
import io.accesskeys.rest.self.OwnKeyResource;
import io.accesskeys.rest.self.OwnKeysResource;
import io.accesskeys.rest.self.RestrictionTypesResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/access-keys}: which resource a path belongs to, and nothing else. */
@Produces(MediaType.APPLICATION_JSON)
public final class AccessKeysResource {

  private final KeycloakSession session;
  private final SecureRandom random;
  private final ReportBudget reports;
  private final RealmPolicy policy;

  AccessKeysResource(KeycloakSession session, SecureRandom random, ReportBudget reports) {
    this.session = session;
    this.random = random;
    this.reports = reports;
    this.policy = RealmPolicy.of(session, session.getContext().getRealm());
  }

  /** Forward authentication. */
  @Path("verify")
  public VerifyResource verify() {
    return VerifyResource.asked(session);
  }

  /** The same for gateways that append the path and the query of the request. */
  @Path("verify/request/{path:.*}")
  public VerifyResource verifyRequest(@PathParam("path") String path) {
    return VerifyResource.ofRequest(session, path);
  }

  /** RFC 7009 revocation. */
  @Path("revoke")
  public RevocationResource revoke() {
    return new RevocationResource(session);
  }

  /** The description of these endpoints, for programs. */
  @Path("openapi.json")
  public OpenApiResource openApi() {
    return new OpenApiResource();
  }

  /** What the holder of a key may do with it. */
  @Path("self")
  public KeyItselfResource self() {
    return new KeyItselfResource(session, random);
  }

  /** Reports of keys that were found in public. */
  @Path("exposed")
  public ExposedResource exposed() {
    return new ExposedResource(session, policy, reports);
  }

  /** The caller's applications. */
  @Path("applications")
  public ApplicationsResource applications() {
    return new ApplicationsResource(session, policy, caller(), Requests.now());
  }

  /** The restriction types of this server. */
  @Path("restriction-types")
  public RestrictionTypesResource restrictionTypes() {
    return new RestrictionTypesResource(session, caller());
  }

  /** What the caller may choose from. */
  @Path("options")
  public OptionsResource options() {
    return new OptionsResource(session, policy, caller());
  }

  /** The files of the page in the Account Console. */
  @Path("ui")
  public PageResource page() {
    return new PageResource();
  }

  /** The page for administrators without the Admin Console. */
  @Path("admin")
  public AdminPageResource adminPage() {
    return new AdminPageResource(session);
  }

  /** One of the caller's keys. */
  @Path("{id}")
  public OwnKeyResource key(@PathParam("id") String id) {
    return ownKeys().key(id);
  }

  /** Creates a key of the caller. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(byte[] body) {
    return ownKeys().create(body);
  }

  /** Lists the caller's keys. */
  @GET
  public Response list() {
    return ownKeys().list();
  }

  private OwnKeysResource ownKeys() {
    return new OwnKeysResource(session, policy, random, caller());
  }

  private Caller caller() {
    if (Requests.keyInUrl(session)) {
      throw Problem.of(Problem.Kind.INVALID_REQUEST, "An access key must never be in a URL")
          .exception();
    }
    return Caller.authenticate(session, policy);
  }
}
