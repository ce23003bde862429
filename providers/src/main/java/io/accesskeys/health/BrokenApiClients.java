package io.accesskeys.health;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells of API clients that have begun to break a rule: all keys for them are refused. */
final class BrokenApiClients {

  private final KeycloakSession session;
  private final RealmModel realm;

  BrokenApiClients(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** Leaves an event for each rule, and mails the contacts of each client once. */
  void tell(List<Finding> fresh, Instant now) {
    Map<String, List<Finding>> byClient =
        fresh.stream()
            .filter(finding -> finding.kind() == FindingKind.API_CLIENT_BROKEN)
            .collect(groupingBy(finding -> finding.subject().get(0), TreeMap::new, toList()));
    byClient.forEach(
        (id, findings) ->
            // Somebody may have deleted it since.
            Optional.ofNullable(realm.getClientById(id))
                .ifPresent(client -> tell(client, findings, now)));
  }

  private void tell(ClientModel client, List<Finding> findings, Instant now) {
    for (Finding finding : findings) {
      new EventBuilder(realm, session)
          .event(EventType.CLIENT_UPDATE)
          .client(client)
          .detail(Details.REASON, "api_client_rule")
          .detail("api_client_rule", finding.subject().get(1))
          .error(Errors.INVALID_CLIENT);
    }
    String reason =
        findings.stream().map(one -> one.what() + ". " + one.next()).collect(joining("; "));
    new Notices(session, realm).tell(NoticeKind.API_CLIENT_BROKEN, client, reason, now);
  }
}
