package io.accesskeys.store;

import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** Lets one at a time write the uses of a key, as whoever changes the key does. */
public final class UsageLock {

  private UsageLock() {}

  /**
   * Waits for all others who write uses of these keys, or change them, and has others wait until
   * the transaction ends.
   *
   * @param ids of keys of one realm
   * @return those of them that there are
   * @throws BusyException if the database gives up waiting
   */
  public static Set<String> take(KeycloakSession session, String realmId, Collection<String> ids) {
    TypedQuery<AccessKeyUsageEntity> rows =
        DurableEntities.of(session)
            .createQuery(
                "select u from AccessKeyUsageEntity u where u.realmId = :realm and u.id in :ids"
                    + " order by u.id",
                AccessKeyUsageEntity.class)
            .setParameter("realm", realmId)
            .setParameter("ids", ids);
    return RowLock.take(rows).stream().map(row -> row.id).collect(Collectors.toSet());
  }
}
