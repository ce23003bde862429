package io.accesskeys.store;

import io.accesskeys.key.KeyState;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;

/**
 * How many keys of all realms there are, by what is stored of them: neither their owners nor what a
 * policy makes of their dates is looked at.
 *
 * @param keys by the word for their kind, and then by that for their state; a key that is being
 *     rolled is active
 * @param rollsDue those that are due to be rolled
 * @param expiring those that expire within {@link #SOON}
 */
public record KeyInventory(Map<String, Map<String, Long>> keys, long rollsDue, long expiring) {

  static final Duration SOON = Duration.ofDays(7);

  /** Counts them, by two statements. */
  public static KeyInventory of(KeycloakSession session, Instant now) {
    EntityManager entities = DurableEntities.of(session);
    Map<String, Map<String, Long>> keys = new TreeMap<>();
    entities
        .createQuery(
            "select k.kind, case when k.revokedAt is not null then 'REVOKED'"
                + " when k.exposedAt is not null then 'EXPOSED'"
                + " when k.expiresAt <= :now then 'EXPIRED'"
                + " when k.suspendedAt is not null then 'SUSPENDED'"
                + " when k.notBefore > :now then 'PENDING' else 'ACTIVE' end, count(k)"
                + " from AccessKeyEntity k group by 1, 2",
            Object[].class)
        .setParameter("now", now.toEpochMilli())
        .getResultStream()
        .forEach(
            row ->
                keys.computeIfAbsent((String) row[0], kind -> new TreeMap<>())
                    .put(KeyState.valueOf((String) row[1]).wireName(), (Long) row[2]));
    Object[] ahead =
        entities
            .createQuery(
                "select count(case when k.rollDueAt <= :now then 1 end),"
                    + " count(case when k.expiresAt between :now and :soon then 1 end)"
                    + " from AccessKeyEntity k where k.revokedAt is null"
                    + " and (k.expiresAt is null or k.expiresAt > :now)",
                Object[].class)
            .setParameter("now", now.toEpochMilli())
            .setParameter("soon", now.plus(SOON).toEpochMilli())
            .getSingleResult();
    return new KeyInventory(keys, (Long) ahead[0], (Long) ahead[1]);
  }
}
