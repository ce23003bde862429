package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.http.Problem.WrongMember;
import io.accesskeys.http.Requests;
import io.accesskeys.jobs.JobRun;
import io.accesskeys.jobs.Jobs;
import io.accesskeys.policy.PolicyState;
import io.accesskeys.policy.RealmPolicies;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.request.ProxySettings;
import io.accesskeys.store.OptIn;
import io.accesskeys.token.Minting;
import io.accesskeys.verification.ScopeProblem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Whether what keys rely on outside of this extension is as it should be. */
record HealthRepresentation(
    ProxyHealth proxy,
    MintingHealth minting,
    PolicyHealth policy,
    List<ScopeHealth> scopes,
    List<JobHealth> jobs,
    List<FindingRepresentation> findings) {

  /**
   * Whether the policy is what somebody meant, and can be seen.
   *
   * @param broken settings that cannot be read or name what is not installed, with the reason
   * @param differences settings of which the required action does not show what holds
   * @param warning what to do about it; absent if nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PolicyHealth(
      List<WrongMember> broken, List<PolicyRepresentation.Difference> differences, String warning) {

    private static PolicyHealth of(KeycloakSession session) {
      PolicyState state =
          session.getProvider(RealmPolicies.class).state(session.getContext().getRealm());
      return new PolicyHealth(
          PolicyRepresentation.broken(state),
          PolicyRepresentation.Difference.of(state),
          warning(state));
    }

    private static String warning(PolicyState state) {
      if (!state.broken().isEmpty()) {
        return "No key is created until these settings are corrected: "
            + String.join(", ", state.broken().keySet());
      }
      return state.differences().isEmpty()
          ? null
          : "The required action does not show all of the policy: somebody has removed it, or"
              + " settings from it. What was set holds on. Save the policy with PUT"
              + " …/access-keys/policy to show it again, or set it back there.";
    }
  }

  /**
   * What addresses of clients rest on.
   *
   * @param headers the value of {@code --proxy-headers}; absent if it is not set
   * @param trustedAddresses whether {@code --proxy-trusted-addresses} is set
   * @param clientAddress where this very request comes from, as a restricted key would see it;
   *     absent if it is unknown
   * @param warning what is wrong; absent if nothing is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProxyHealth(
      String headers, boolean trustedAddresses, String clientAddress, String warning) {}

  /**
   * Whether keys can be traded for JWTs on this server.
   *
   * @param warning why not; absent if they can
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MintingHealth(boolean on, String warning) {

    private static MintingHealth of(KeycloakSessionFactory factories) {
      Optional<String> obstacle = Minting.obstacle(factories);
      return new MintingHealth(obstacle.isEmpty(), obstacle.orElse(null));
    }
  }

  /**
   * A scope of an API client that does not do what it seems to.
   *
   * @param client the {@code client_id} of the API client
   * @param problem the wire name of a {@link ScopeProblem}
   * @param warning what is wrong, and what to do
   */
  record ScopeHealth(String client, String scope, String problem, String warning) {

    private static List<ScopeHealth> of(RealmModel realm) {
      return realm
          .getClientsStream()
          .filter(OptIn::isIn)
          .sorted(Comparator.comparing(ClientModel::getClientId))
          .flatMap(ScopeHealth::of)
          .toList();
    }

    private static Stream<ScopeHealth> of(ClientModel apiClient) {
      return ScopeProblem.in(apiClient)
          .map(
              found ->
                  new ScopeHealth(
                      found.client(), found.scope(), found.problem().wireName(), found.sentence()));
    }
  }

  /**
   * A job of the node that answers, since it has started.
   *
   * @param interval how often it starts; ISO-8601
   * @param lastStartedAt absent if it never has
   * @param lastEndedAt absent if it never has
   * @param lag how long ago its next run should have started; ISO-8601
   * @param failures how often something was left to the next run
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobHealth(
      String name,
      String interval,
      String lastStartedAt,
      String lastEndedAt,
      String lag,
      long failures) {

    private static JobHealth of(JobRun run) {
      return new JobHealth(
          run.name(),
          run.interval().toString(),
          run.lastStarted().map(Instant::toString).orElse(null),
          run.lastEnded().map(Instant::toString).orElse(null),
          run.lag(Requests.now()).toString(),
          run.failures());
    }
  }

  /** What there is to say of the realm and the node of this session. */
  static HealthRepresentation of(KeycloakSession session) {
    List<JobRun> runs = runs(session);
    ProxySettings settings = ProxySettings.current();
    return new HealthRepresentation(
        new ProxyHealth(
            settings.headers().orElse(null),
            settings.trustedAddresses(),
            ClientAddress.of(session).orElse(null),
            settings.warning().orElse(null)),
        MintingHealth.of(session.getKeycloakSessionFactory()),
        PolicyHealth.of(session),
        ScopeHealth.of(session.getContext().getRealm()),
        runs.stream().map(JobHealth::of).toList(),
        FindingRepresentation.all(session, runs));
  }

  /** The jobs of this node; none if an operator has switched them off. */
  private static List<JobRun> runs(KeycloakSession session) {
    return Optional.ofNullable(session.getProvider(Jobs.class)).map(Jobs::runs).orElse(List.of());
  }
}
