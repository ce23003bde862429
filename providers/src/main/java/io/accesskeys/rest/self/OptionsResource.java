package io.accesskeys.rest.self;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.http.Requests;
import io.accesskeys.management.Applications;
import io.accesskeys.management.CreationOptions;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.ScopeRequirement;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * {@code /realms/{realm}/access-keys/options}: what the caller may choose from when they make a
 * key, for whoever offers it to them.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class OptionsResource {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final Caller caller;

  /** For the request of this session. */
  public OptionsResource(KeycloakSession session, RealmPolicy policy, Caller caller) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.caller = caller;
  }

  /**
   * What may be chosen; durations are ISO-8601.
   *
   * @param kind of the key that would be made
   * @param creatable whether one may be made at all
   * @param fixedExpiry whether every key lives for the default lifetime
   * @param lifetimes to offer, the default first
   * @param maxLifetime the longest; absent if a key may live for ever
   * @param requiredRestrictions the types of which every key must have one
   * @param defaultOverlap how long an old secret lives after a roll that does not say
   * @param maxOverlap the longest that a roll may say
   * @param address where this request comes from; absent if it is unknown
   * @param applications whether the caller may register applications
   * @param now by the server's clock, from which on lifetimes and overlaps are measured
   * @param apis for which a key can be made
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Representation(
      String kind,
      boolean creatable,
      boolean fixedExpiry,
      List<String> lifetimes,
      String maxLifetime,
      List<String> requiredRestrictions,
      String defaultOverlap,
      String maxOverlap,
      String address,
      boolean applications,
      String now,
      List<Api> apis) {}

  /**
   * An API.
   *
   * @param client its {@code client_id}
   * @param name for people
   * @param scopes that the owner may give to a key now
   * @param unavailable the others
   */
  public record Api(
      String client, String name, List<Scope> scopes, List<UnavailableScope> unavailable) {}

  /**
   * A scope of an API that the owner may not give to a key now.
   *
   * @param roles one of which it takes; none if nobody can have it
   */
  public record UnavailableScope(String name, List<String> roles) {

    private static UnavailableScope of(ScopeRequirement requirement) {
      return new UnavailableScope(requirement.scope(), requirement.roles());
    }
  }

  /** A scope of an API. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scope(String name, String description) {

    private static Scope of(ClientScopeModel scope) {
      return new Scope(scope.getName(), scope.getDescription());
    }
  }

  /** The options of the caller, or those of their {@code application}. */
  @GET
  public Response options(@QueryParam("application") String application) {
    caller.mayView();
    return Response.ok(of(owner(application)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private Representation of(KeyOwner owner) {
    KindPolicy rules = policy.of(owner.kind());
    boolean developer =
        policy.applications().role().isPresent()
            && caller.hasRole(session, policy.applications().role());
    return new Representation(
        owner.kind().wireName(),
        rules.enabled()
            && policy.invalid().isEmpty()
            && (owner.person().isPresent()
                ? caller.hasRole(session, policy.selfService().role())
                : developer),
        rules.expiryChoice() == ExpiryChoice.FIXED,
        CreationOptions.lifetimes(policy, owner.kind()).stream().map(Duration::toString).toList(),
        rules.maxLifetime().map(Duration::toString).orElse(null),
        List.copyOf(new TreeSet<>(rules.requiredRestrictions())),
        policy.defaultOverlap().toString(),
        policy.maxOverlap().toString(),
        ClientAddress.of(session).orElse(null),
        developer,
        Requests.now().toString(),
        owner.actingUser().stream()
            .flatMap(user -> CreationOptions.apis(realm, user))
            .map(this::api)
            .toList());
  }

  private Api api(CreationOptions.Api api) {
    return new Api(
        api.client().getClientId(),
        api.name(),
        api.scopes().stream().map(Scope::of).toList(),
        api.unavailable().stream().map(UnavailableScope::of).toList());
  }

  private KeyOwner owner(String application) throws InvalidRequestException {
    if (application == null) {
      return new KeyOwner.Person(caller.user());
    }
    Applications applications = new Applications(session, realm);
    return applications.requireOwner(applications.owned(caller.user(), application));
  }
}
