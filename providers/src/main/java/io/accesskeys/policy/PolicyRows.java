package io.accesskeys.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.UntrustedJson;
import io.accesskeys.store.DurableEntities;
import io.accesskeys.store.RowLock;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;

/** The rows of {@code ACCESS_KEY_POLICY}, one for each realm that has ever said anything. */
final class PolicyRows {

  private static final ObjectMapper JSON =
      UntrustedJson.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** There is no such setting, so no key is made until the row is written anew. */
  private static final Map<String, String> UNREADABLE = Map.of("stored-policy", "unreadable");

  private final EntityManager entities;

  PolicyRows(KeycloakSession session) {
    this.entities = DurableEntities.of(session);
  }

  /** What is kept of a realm's policy. */
  StoredPolicy find(String realmId) {
    return read(entities.find(AccessKeyPolicyEntity.class, realmId));
  }

  /** The same, as the database has it now; others who want to change it wait for us. */
  StoredPolicy lock(String realmId) {
    AccessKeyPolicyEntity row = entities.find(AccessKeyPolicyEntity.class, realmId);
    if (row != null) {
      RowLock.take(
          entities
              .createQuery(
                  "select p from AccessKeyPolicyEntity p where p.realmId = :realm",
                  AccessKeyPolicyEntity.class)
              .setParameter("realm", realmId));
      entities.refresh(row);
    }
    return read(row);
  }

  /** Whether there is anything to lock. */
  boolean has(String realmId) {
    return entities.find(AccessKeyPolicyEntity.class, realmId) != null;
  }

  void write(String realmId, StoredPolicy policy) {
    AccessKeyPolicyEntity row = entities.find(AccessKeyPolicyEntity.class, realmId);
    if (row == null) {
      row = new AccessKeyPolicyEntity();
      row.realmId = realmId;
      row.settings = write(policy.settings());
      row.actionKnown = policy.actionKnown();
      entities.persist(row);
    } else {
      row.settings = write(policy.settings());
      row.actionKnown = policy.actionKnown();
    }
    entities.flush();
  }

  void remove(String realmId) {
    AccessKeyPolicyEntity row = entities.find(AccessKeyPolicyEntity.class, realmId);
    if (row != null) {
      entities.remove(row);
      entities.flush();
    }
  }

  private static StoredPolicy read(AccessKeyPolicyEntity row) {
    return row == null ? StoredPolicy.NONE : new StoredPolicy(read(row.settings), row.actionKnown);
  }

  private static Map<String, String> read(String settings) {
    try {
      return JSON.readValue(settings, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      return UNREADABLE;
    }
  }

  private static String write(Map<String, String> settings) {
    return JSON.valueToTree(new TreeMap<>(settings)).toString();
  }
}
