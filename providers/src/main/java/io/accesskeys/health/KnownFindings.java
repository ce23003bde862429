package io.accesskeys.health;

import io.accesskeys.store.DurableEntities;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * Since when things are wrong: the rows of {@code ACCESS_KEY_FINDING}. A job writes them, and
 * nothing else does.
 */
public final class KnownFindings {

  private final EntityManager entities;

  /** Those of all realms. */
  public KnownFindings(KeycloakSession session) {
    this.entities = DurableEntities.of(session);
  }

  /** When each finding of a realm was first seen, by its id ({@link Finding#id}). */
  public Map<String, Instant> since(String realmId) {
    Map<String, Instant> since = new HashMap<>();
    rows(realmId).forEach(row -> since.put(row.id, Instant.ofEpochMilli(row.since)));
    return since;
  }

  /**
   * Notes what is wrong in a realm now, and forgets what no longer is.
   *
   * @return what is new
   * @throws jakarta.persistence.PersistenceException if another node notes the same at this moment
   */
  public List<Finding> note(String realmId, List<Finding> findings, Instant now) {
    List<AccessKeyFindingEntity> known = rows(realmId);
    Set<String> ids = findings.stream().map(one -> one.id(realmId)).collect(Collectors.toSet());
    known.stream().filter(row -> !ids.contains(row.id)).forEach(entities::remove);
    Set<String> before = known.stream().map(row -> row.id).collect(Collectors.toSet());
    List<Finding> fresh = findings.stream().filter(one -> before.add(one.id(realmId))).toList();
    fresh.forEach(one -> add(realmId, one, now));
    entities.flush();
    return fresh;
  }

  /** The realms that anything is noted of; one may be gone by now. */
  public List<String> realms() {
    return entities
        .createQuery("select distinct f.realmId from AccessKeyFindingEntity f", String.class)
        .getResultList();
  }

  private void add(String realmId, Finding finding, Instant now) {
    AccessKeyFindingEntity row = new AccessKeyFindingEntity();
    row.id = finding.id(realmId);
    row.realmId = realmId;
    row.since = now.toEpochMilli();
    entities.persist(row);
  }

  private List<AccessKeyFindingEntity> rows(String realmId) {
    return entities
        .createQuery(
            "select f from AccessKeyFindingEntity f where f.realmId = :realm",
            AccessKeyFindingEntity.class)
        .setParameter("realm", realmId)
        .getResultList();
  }
}
