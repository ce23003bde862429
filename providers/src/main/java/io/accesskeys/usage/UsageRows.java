package io.accesskeys.usage;

import io.accesskeys.key.AccessKey;
import io.accesskeys.store.DurableEntities;
import io.accesskeys.store.UsageLock;
import io.accesskeys.usage.KeyUses.SeenType;
import io.accesskeys.usage.PendingUses.KeyRef;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The rows of what keys were used for. */
final class UsageRows {

  private final KeycloakSession session;
  private final EntityManager entities;

  UsageRows(KeycloakSession session) {
    this.session = session;
    this.entities = DurableEntities.of(session);
  }

  /**
   * Adds uses of some keys of one realm. Keys that are gone are left out.
   *
   * @param uses in the order of the keys
   */
  void add(String realmId, Map<KeyRef, KeyUses> uses) {
    List<String> ids = uses.keySet().stream().map(KeyRef::keyId).toList();
    Set<String> there = UsageLock.take(session, realmId, ids);
    UsedKeyRows rows = new UsedKeyRows(entities, realmId, there);
    uses.forEach(
        (key, seen) -> {
          if (there.contains(key.keyId())) {
            rows.add(key.keyId(), seen);
          }
        });
  }

  UsedKey read(AccessKey key) {
    UsedKeyRows rows = new UsedKeyRows(entities, key.realmId(), Set.of(key.id()));
    List<AccessKeySeenEntity> addresses = rows.seen(SeenType.ADDRESS);
    return new UsedKey(
        rows.days().stream()
            .collect(Collectors.groupingBy(row -> row.day, TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(day -> day(day.getKey(), day.getValue()))
            .toList(),
        shown(rows.seen(SeenType.SCOPE)),
        shown(addresses.stream().filter(row -> !UsedKeyRows.isPlaceholder(row.name)).toList()),
        shown(rows.seen(SeenType.ENTRY_POINT)),
        uses(addresses, KeyUses.UNKNOWN),
        uses(addresses, KeyUses.OTHERS),
        rows.refusals());
  }

  /**
   * Deletes what was last seen before a day.
   *
   * @param max how many keys to look at
   * @return whether there may be more
   */
  boolean forget(String realmId, int day, int max) {
    List<String> ids =
        entities
            .createQuery(
                "select distinct d.keyId from AccessKeyDayEntity d where d.realmId = :realm"
                    + " and d.day < :day",
                String.class)
            .setParameter("realm", realmId)
            .setParameter("day", day)
            .setMaxResults(max)
            .getResultList();
    if (ids.isEmpty()) {
      return false;
    }
    for (String statement :
        List.of(
            "delete from AccessKeyDayEntity r where r.day < :day",
            "delete from AccessKeySeenEntity r where r.lastDay < :day",
            "delete from AccessKeyRefusalsEntity r where r.lastDay < :day")) {
      entities
          .createQuery(statement + " and r.realmId = :realm and r.keyId in :ids")
          .setParameter("day", day)
          .setParameter("realm", realmId)
          .setParameter("ids", ids)
          .executeUpdate();
    }
    return ids.size() == max;
  }

  private static UsedKey.Day day(int day, List<AccessKeyDayEntity> rows) {
    Map<Integer, Long> secrets = new TreeMap<>();
    rows.stream()
        .filter(row -> row.accepted > 0)
        .forEach(row -> secrets.merge(row.secret, row.accepted, Long::sum));
    return new UsedKey.Day(
        LocalDate.ofEpochDay(day),
        rows.stream().mapToLong(row -> row.accepted).sum(),
        rows.stream().mapToLong(row -> row.unnamed).sum(),
        rows.stream().mapToLong(row -> row.refused).sum(),
        rows.stream().mapToLong(row -> row.wrong).sum(),
        rows.stream().mapToLong(row -> row.reported).sum(),
        secrets);
  }

  private static List<UsedKey.Seen> shown(Collection<AccessKeySeenEntity> rows) {
    return rows.stream()
        .map(
            row ->
                new UsedKey.Seen(
                    row.name,
                    LocalDate.ofEpochDay(row.firstDay),
                    LocalDate.ofEpochDay(row.lastDay),
                    row.uses))
        .toList();
  }

  private static long uses(List<AccessKeySeenEntity> rows, String name) {
    return rows.stream().filter(row -> row.name.equals(name)).mapToLong(row -> row.uses).sum();
  }
}
