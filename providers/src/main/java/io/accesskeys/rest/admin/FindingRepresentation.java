package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.health.Finding;
import io.accesskeys.health.KnownFindings;
import io.accesskeys.health.RealmHealth;
import io.accesskeys.http.Requests;
import io.accesskeys.jobs.JobRun;
import io.accesskeys.jobs.NodeHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Something that is wrong.
 *
 * @param id of which kind it is, as in metrics
 * @param severity {@code error} or {@code warning}
 * @param where what it is about, such as {@code client orders-api}
 * @param what what is wrong
 * @param next what to do
 * @param since when the hourly job first saw it; absent until it has, and for what is wrong with
 *     the node
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FindingRepresentation(
    String id, String severity, String where, String what, String next, String since) {

  /** Everything that is wrong in the realm of this session and with this node. */
  static List<FindingRepresentation> all(KeycloakSession session, List<JobRun> runs) {
    RealmModel realm = session.getContext().getRealm();
    Map<String, Instant> since = new KnownFindings(session).since(realm.getId());
    return Stream.concat(
            RealmHealth.findings(session, realm).stream()
                .map(one -> of(one, Optional.ofNullable(since.get(one.id(realm.getId()))))),
            NodeHealth.findings(runs, Requests.now()).stream()
                .map(one -> of(one, Optional.empty())))
        .toList();
  }

  private static FindingRepresentation of(Finding finding, Optional<Instant> since) {
    return new FindingRepresentation(
        finding.kind().wireName(),
        finding.kind().severity().wireName(),
        finding.where(),
        finding.what(),
        finding.next(),
        since.map(Instant::toString).orElse(null));
  }
}
