package io.accesskeys.jobs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.accesskeys.audit.HealthGauges;
import io.accesskeys.audit.InventoryGauges;
import io.accesskeys.audit.InventoryGauges.Inventory;
import io.accesskeys.health.Finding;
import io.accesskeys.health.FindingKind;
import io.accesskeys.health.HealthReport;
import io.accesskeys.notice.MailQueue;
import io.accesskeys.store.KeyInventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Looks at the health of all realms: notes since when something is wrong, tells the contacts of API
 * clients that have begun to break a rule, shows the numbers as metrics, and warns in the log, one
 * line for each realm with something wrong in it.
 */
final class HealthWatch {

  private static final Logger LOG = Logger.getLogger(HealthWatch.class);

  private final KeycloakSessionFactory sessions;
  private final List<JobRun> runs;
  private final HealthGauges gauges;
  private final InventoryGauges inventory;
  private final Runnable failed;

  /**
   * @param runs the jobs of this node
   * @param failed told of whatever is left to the next run
   */
  HealthWatch(
      KeycloakSessionFactory sessions,
      List<JobRun> runs,
      HealthGauges gauges,
      InventoryGauges inventory,
      Runnable failed) {
    this.sessions = sessions;
    this.runs = runs;
    this.gauges = gauges;
    this.inventory = inventory;
    this.failed = failed;
  }

  void run() {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    List<Finding> all = new ArrayList<>(NodeHealth.findings(runs, now));
    warn("Keycloak Access Keys on this node", "GET /admin/realms/{realm}/access-keys/health", all);
    new EachRealm(sessions, failed)
        .run(
            realmId ->
                HealthReport.of(sessions, realmId, now)
                    .ifPresent(
                        report -> {
                          all.addAll(report.findings());
                          warn(
                              "Keycloak Access Keys in realm " + report.realm(),
                              "GET /admin/realms/" + report.realm() + "/access-keys/health",
                              report.findings());
                        }));
    KeycloakModelUtils.runJobInTransaction(sessions, HealthReport::forgetRealmsThatAreGone);
    gauges.show(
        all.stream().collect(groupingBy(one -> one.kind().wireName(), counting())),
        all.stream()
            .filter(one -> one.kind() == FindingKind.API_CLIENT_BROKEN)
            .collect(groupingBy(one -> one.subject().get(1), counting())));
    inventory.show(
        KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> count(session, now)));
  }

  /** Counted here, so that nothing is counted when somebody reads the metrics. */
  private static Inventory count(KeycloakSession session, Instant now) {
    KeyInventory keys = KeyInventory.of(session, now);
    MailQueue mails = MailQueue.of(session);
    return new Inventory(
        keys.keys(), keys.rollsDue(), keys.expiring(), mails.pending(), mails.failed());
  }

  private static void warn(String where, String more, List<Finding> findings) {
    if (!findings.isEmpty()) {
      Map<String, Long> counts =
          findings.stream()
              .collect(groupingBy(one -> one.kind().wireName(), TreeMap::new, counting()));
      LOG.warnf(
          "%s: %s. What to do is in %s",
          where,
          counts.entrySet().stream()
              .map(count -> count.getKey() + " " + count.getValue())
              .collect(joining(", ")),
          more);
    }
  }
}
