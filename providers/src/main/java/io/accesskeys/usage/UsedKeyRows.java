package io.accesskeys.usage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.usage.KeyUses.Counts;
import io.accesskeys.usage.KeyUses.Seen;
import io.accesskeys.usage.KeyUses.SeenType;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of some keys of one realm, to read and to add to. */
final class UsedKeyRows {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DAY_MILLIS = 86_400_000L;

  private final EntityManager entities;
  private final String realmId;
  private final Map<DayRowId, AccessKeyDayEntity> days = new HashMap<>();
  private final Map<SeenRowId, AccessKeySeenEntity> seen = new HashMap<>();
  private final Map<String, AccessKeyRefusalsEntity> refusals = new HashMap<>();

  UsedKeyRows(EntityManager entities, String realmId, Set<String> ids) {
    this.entities = entities;
    this.realmId = realmId;
    if (ids.isEmpty()) {
      return;
    }
    find(AccessKeyDayEntity.class, ids)
        .forEach(row -> days.put(new DayRowId(realmId, row.keyId, row.day, row.secret), row));
    find(AccessKeySeenEntity.class, ids)
        .forEach(row -> seen.put(new SeenRowId(realmId, row.keyId, row.type, row.name), row));
    find(AccessKeyRefusalsEntity.class, ids).forEach(row -> refusals.put(row.keyId, row));
  }

  private <T> Stream<T> find(Class<T> type, Set<String> ids) {
    return entities
        .createQuery(
            "select r from "
                + type.getSimpleName()
                + " r where r.realmId = :realm and r.keyId in :ids",
            type)
        .setParameter("realm", realmId)
        .setParameter("ids", ids)
        .getResultStream();
  }

  List<AccessKeySeenEntity> seen(SeenType type) {
    return seen.values().stream()
        .filter(row -> row.type.equals(type.name()))
        .sorted(Comparator.comparing(row -> row.name))
        .toList();
  }

  void add(String keyId, KeyUses uses) {
    uses.days().forEach((day, counts) -> add(keyId, day, counts));
    uses.seen().forEach((what, times) -> add(keyId, what, times));
    if (!uses.refusals().isEmpty()) {
      add(keyId, uses.refusals());
    }
  }

  private void add(String keyId, KeyUses.SecretDay when, Counts counts) {
    DayRowId id = new DayRowId(realmId, keyId, when.day(), when.secret());
    AccessKeyDayEntity row = days.get(id);
    if (row == null) {
      row = new AccessKeyDayEntity();
      row.realmId = realmId;
      row.keyId = keyId;
      row.day = when.day();
      row.secret = when.secret();
      days.put(id, row);
      count(row, counts);
      entities.persist(row);
    } else {
      count(row, counts);
    }
  }

  private static void count(AccessKeyDayEntity row, Counts counts) {
    row.accepted += counts.accepted;
    row.unnamed += counts.unnamed;
    row.refused += counts.refused;
    row.wrong += counts.wrong;
    row.reported += counts.reported;
  }

  private void add(String keyId, Seen what, KeyUses.Times times) {
    SeenRowId id = new SeenRowId(realmId, keyId, what.type().name(), what.name());
    AccessKeySeenEntity row = seen.get(id);
    if (row == null && what.type() == SeenType.ADDRESS && !makeRoom(keyId, what, times)) {
      add(keyId, new Seen(SeenType.ADDRESS, KeyUses.OTHERS), times);
      return;
    }
    if (row == null) {
      row = new AccessKeySeenEntity();
      row.realmId = realmId;
      row.keyId = keyId;
      row.type = what.type().name();
      row.name = what.name();
      row.firstDay = times.first;
      row.lastDay = times.last;
      row.uses = times.uses;
      seen.put(id, row);
      entities.persist(row);
    } else {
      row.firstDay = Math.min(row.firstDay, times.first);
      row.lastDay = Math.max(row.lastDay, times.last);
      row.uses += times.uses;
    }
  }

  /** Whether there is room for one more address: one that was not seen for a month gives way. */
  private boolean makeRoom(String keyId, Seen what, KeyUses.Times times) {
    if (isPlaceholder(what.name())) {
      return true;
    }
    List<AccessKeySeenEntity> kept =
        seen.values().stream()
            .filter(row -> row.keyId.equals(keyId) && row.type.equals(SeenType.ADDRESS.name()))
            .filter(row -> !isPlaceholder(row.name))
            .sorted(Comparator.comparingInt(row -> row.lastDay))
            .toList();
    if (kept.size() < KeyUses.MOST_ADDRESSES) {
      return true;
    }
    AccessKeySeenEntity oldest = kept.get(0);
    if (oldest.lastDay > times.last - KeyUses.MONTH) {
      return false;
    }
    seen.remove(new SeenRowId(realmId, keyId, oldest.type, oldest.name));
    entities.remove(oldest);
    return true;
  }

  private void add(String keyId, List<RefusedUse> newer) {
    AccessKeyRefusalsEntity row = refusals.get(keyId);
    boolean isNew = row == null;
    if (row == null) {
      row = new AccessKeyRefusalsEntity();
      row.realmId = realmId;
      row.keyId = keyId;
    }
    List<RefusedUse> all = LastRefusals.merged(isNew ? List.of() : refusals(row), newer);
    row.refusals = JSON.valueToTree(all).toString();
    row.lastDay = (int) Math.floorDiv(all.get(0).last(), DAY_MILLIS);
    if (isNew) {
      refusals.put(keyId, row);
      entities.persist(row);
    }
  }

  Collection<AccessKeyDayEntity> days() {
    return days.values();
  }

  List<RefusedUse> refusals() {
    return refusals.values().stream().flatMap(row -> refusals(row).stream()).toList();
  }

  /** Whether it stands for addresses that are not told apart. */
  static boolean isPlaceholder(String name) {
    return name.equals(KeyUses.UNKNOWN) || name.equals(KeyUses.OTHERS);
  }

  /** What cannot be read is none: it decides nothing. */
  private static List<RefusedUse> refusals(AccessKeyRefusalsEntity row) {
    try {
      return JSON.readValue(row.refusals, new TypeReference<List<RefusedUse>>() {});
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
