package io.accesskeys.endpoint.self;

import io.accesskeys.application.Applications;
import io.accesskeys.endpoint.BodyText;
import io.accesskeys.endpoint.JsonBody;
import io.accesskeys.endpoint.KeyBody;
import io.accesskeys.endpoint.KeyPages;
import io.accesskeys.endpoint.KeyQuery;
import io.accesskeys.endpoint.KeyRepresentation;
import io.accesskeys.endpoint.Problem;
import io.accesskeys.endpoint.Requests;
import io.accesskeys.endpoint.revocation.RevocationResource;
import io.accesskeys.endpoint.verify.VerifyResource;
import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.issue.IssuedKey;
import io.accesskeys.issue.KeyEvents;
import io.accesskeys.issue.KeyIssuer;
import io.accesskeys.issue.KeyRequest;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.store.Criterion;
import io.accesskeys.verification.KeyOwner;
import jakarta.ws.rs.Consumes;
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
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code /realms/{realm}/access-keys}: a person's own keys, and the ways in that live below it. */
@Produces(MediaType.APPLICATION_JSON)
public final class SelfServiceResource {

  private static final String APPLICATION = "application";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final SecureRandom random;
  private final ReportBudget reports;
  private final RealmPolicy policy;

  SelfServiceResource(KeycloakSession session, SecureRandom random, ReportBudget reports) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.random = random;
    this.reports = reports;
    this.policy = RealmPolicy.of(session, realm);
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

  /** What all of this is, for programs. */
  @Path("openapi.json")
  public OpenApiResource openApi() {
    return new OpenApiResource();
  }

  /** What a key may do with itself. */
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

  /** Which restrictions there are. */
  @Path("restriction-types")
  public RestrictionTypesResource restrictionTypes() {
    return new RestrictionTypesResource(session, caller());
  }

  /** What the caller may choose from. */
  @Path("options")
  public OptionsResource options() {
    return new OptionsResource(session, policy, caller());
  }

  /** Where the page in the Account Console is. */
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
    return new OwnKeyResource(session, policy, random, caller(), id);
  }

  /**
   * Creates a personal access token for the caller, or an API key for their {@code application}.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(byte[] body) {
    Instant now = Requests.now();
    Caller caller = caller().mayManage();
    Requests.requireTransportForSecrets(session);
    caller.freshly(policy.freshLogin(), now);
    try {
      JsonBody json = KeyBody.ofNewKey(BodyText.json(session, body), APPLICATION);
      KeyOwner owner = owner(json.text(APPLICATION), caller);
      KeyRequest request = KeyBody.newKey(json, Restrictions.of(session));
      if (request.kind() != owner.kind()) {
        throw new InvalidRequestException("kind", "must be " + owner.kind().wireName() + " here");
      }
      IssuedKey issued =
          new KeyIssuer(session, policy, random).issue(request, owner, caller.user().getId(), now);
      new KeyEvents(session).created(issued.key(), caller.user());
      return Response.status(Response.Status.CREATED)
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .entity(KeyRepresentation.withSecret(session, issued, now))
          .build();
    } catch (InvalidRequestException e) {
      return Problem.of(e).response().build();
    }
  }

  /** The caller's own keys, or those of their {@code application}, newest first. */
  @GET
  public Response list() {
    Caller caller = caller().mayView();
    Instant now = Requests.now();
    try {
      KeyQuery query = new KeyQuery(session);
      Optional<String> application = query.text(APPLICATION);
      String owner =
          application.isPresent() ? owned(application.get(), caller).id() : caller.user().getId();
      return new KeyPages(session)
          .page(
              query.search(
                  KeyQuery.OF_OWNER, now, new Criterion.OwnedBy(owner), new Criterion.Listed()),
              keys -> keys.stream().map(key -> KeyRepresentation.of(session, key, now)).toList());
    } catch (InvalidRequestException e) {
      return Problem.of(e).response().build();
    }
  }

  private KeyOwner owner(Optional<String> application, Caller caller)
      throws InvalidRequestException {
    if (application.isEmpty()) {
      return new KeyOwner.Person(caller.withRole(session, policy.selfService().role()).user());
    }
    caller.forApplications(session, policy);
    return owned(application.get(), caller);
  }

  private KeyOwner owned(String application, Caller caller) throws InvalidRequestException {
    Applications applications = new Applications(session, realm);
    return applications
        .find(caller.user(), application)
        .map(applications::owner)
        .orElseThrow(() -> new InvalidRequestException(APPLICATION, "is no application of yours"));
  }

  private Caller caller() {
    if (Requests.keyInUrl(session)) {
      throw Problem.of(Problem.Kind.INVALID_REQUEST, "An access key must never be in a URL")
          .exception();
    }
    return Caller.authenticate(session, policy);
  }
}
