package io.accesskeys.store;

import io.accesskeys.store.KeyUsage.Used;
import io.accesskeys.store.KeyUsage.Uses;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Writes the uses of keys, a batch in a transaction. What cannot be written is kept for later. */
final class UsageWriter {

  private static final Logger LOG = Logger.getLogger(UsageWriter.class);
  private static final int BATCH = 100;
  private static final int LONGEST_ADDRESS = 64;

  private final KeycloakSessionFactory sessions;
  private final KeyUsage usage;

  UsageWriter(KeycloakSessionFactory sessions, KeyUsage usage) {
    this.sessions = sessions;
    this.usage = usage;
  }

  /** Writes all that was seen until now. */
  void flush() {
    List<Map.Entry<Used, Uses>> all = new ArrayList<>(usage.take().entrySet());
    for (int from = 0; from < all.size(); from += BATCH) {
      write(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
  }

  private void write(List<Map.Entry<Used, Uses>> batch) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          sessions,
          session -> batch.forEach(entry -> write(session, entry.getKey(), entry.getValue())));
    } catch (PersistenceException | ModelException | ServiceUnavailableException e) {
      LOG.warnf("Uses of %d keys could not be written; they are tried again", batch.size());
      LOG.debug("Uses could not be written", e);
      batch.forEach(entry -> usage.add(entry.getKey(), entry.getValue()));
    }
  }

  /** Forward only: a node that writes late must not undo what another has written. */
  private static void write(KeycloakSession session, Used used, Uses uses) {
    EntityManager entities = DurableEntities.of(session);
    long at = uses.lastAt().toEpochMilli();
    entities
        .createQuery(
            "update AccessKeyUsageEntity u set u.useCount = u.useCount + :count,"
                + " u.lastUsedFrom = case when u.lastUsedAt is null or u.lastUsedAt < :at"
                + " then coalesce(:from, u.lastUsedFrom) else u.lastUsedFrom end,"
                + " u.idleSince = case when u.idleSince < :at then :at else u.idleSince end,"
                + " u.lastUsedAt = case when u.lastUsedAt is null or u.lastUsedAt < :at"
                + " then :at else u.lastUsedAt end where u.realmId = :realm and u.id = :id")
        .setParameter("count", uses.count())
        .setParameter("at", at)
        .setParameter(
            "from", uses.lastFrom().filter(text -> text.length() <= LONGEST_ADDRESS).orElse(null))
        .setParameter("realm", used.realmId())
        .setParameter("id", used.keyId())
        .executeUpdate();
    entities
        .createQuery(
            "update AccessKeySecretEntity s set s.lastUsedAt = :at where s.realmId = :realm and s.keyId = :id"
                + " and s.number = :number and (s.lastUsedAt is null or s.lastUsedAt < :at)")
        .setParameter("at", at)
        .setParameter("realm", used.realmId())
        .setParameter("id", used.keyId())
        .setParameter("number", used.secretNumber())
        .executeUpdate();
  }
}
