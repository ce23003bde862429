package io.accesskeys.usage;

import io.accesskeys.store.BusyException;
import io.accesskeys.usage.PendingUses.KeyRef;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Writes what keys were used for, a batch in a transaction. What cannot be written is kept. */
final class UsageWriter {

  private static final Logger LOG = Logger.getLogger(UsageWriter.class);
  private static final int BATCH = 100;

  private final KeycloakSessionFactory sessions;
  private final PendingUses pending;

  UsageWriter(KeycloakSessionFactory sessions, PendingUses pending) {
    this.sessions = sessions;
    this.pending = pending;
  }

  /** Writes all that was seen until now. */
  void flush() {
    Map<String, List<Map.Entry<KeyRef, KeyUses>>> byRealm = new TreeMap<>();
    for (Map.Entry<KeyRef, KeyUses> one : pending.take().entrySet()) {
      byRealm.computeIfAbsent(one.getKey().realmId(), realm -> new ArrayList<>()).add(one);
    }
    byRealm.forEach(
        (realmId, all) -> {
          for (int from = 0; from < all.size(); from += BATCH) {
            write(realmId, all.subList(from, Math.min(all.size(), from + BATCH)));
          }
        });
  }

  private void write(String realmId, List<Map.Entry<KeyRef, KeyUses>> batch) {
    Map<KeyRef, KeyUses> uses = new TreeMap<>();
    batch.forEach(entry -> uses.put(entry.getKey(), entry.getValue()));
    try {
      KeycloakModelUtils.runJobInTransaction(
          sessions, session -> new UsageRows(session).add(realmId, uses));
    } catch (PersistenceException
        | ModelException
        | BusyException
        | ServiceUnavailableException e) {
      LOG.warnf("Uses by day of %d keys could not be written; they are tried again", batch.size());
      LOG.debug("Uses by day could not be written", e);
      uses.forEach(pending::putBack);
    }
  }
}
