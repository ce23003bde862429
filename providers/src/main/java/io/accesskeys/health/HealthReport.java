package io.accesskeys.health;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What a job has found in a realm and noted.
 *
 * @param realm its name
 */
public record HealthReport(String realm, List<Finding> findings) {

  /**
   * Looks at a realm, notes what is wrong, and tells of API clients that have begun to break a
   * rule. All of it is one transaction: of two nodes that see the same at the same moment one
   * tells, and the other fails and finds it told at its next run.
   *
   * @return empty if the realm is gone
   * @throws jakarta.persistence.PersistenceException or {@link org.keycloak.models.ModelException}
   *     if another node was faster
   */
  public static Optional<HealthReport> of(
      KeycloakSessionFactory sessions, String realmId, Instant now) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session ->
            Optional.ofNullable(session.realms().getRealm(realmId))
                .map(realm -> of(session, realm, now)));
  }

  /** Forgets what was noted of realms that are gone. */
  public static void forgetRealmsThatAreGone(KeycloakSession session) {
    KnownFindings known = new KnownFindings(session);
    known.realms().stream()
        .filter(id -> Objects.isNull(session.realms().getRealm(id)))
        .forEach(id -> known.note(id, List.of(), Instant.EPOCH));
  }

  private static HealthReport of(KeycloakSession session, RealmModel realm, Instant now) {
    session.getContext().setRealm(realm);
    List<Finding> findings = RealmHealth.findings(session, realm);
    List<Finding> fresh = new KnownFindings(session).note(realm.getId(), findings, now);
    new BrokenApiClients(session, realm).tell(fresh, now);
    return new HealthReport(realm.getName(), findings);
  }
}
