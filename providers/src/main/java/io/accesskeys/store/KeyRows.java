package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Label;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.SecretHash;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.restriction.Restrictions;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Between rows and keys. */
final class KeyRows {

  private KeyRows() {}

  /**
   * The row of this id, in one statement. A collation that knows no upper and lower case would also
   * give that of another id; JPA's own look-up by id does not even say so. A key under such a name
   * would stay in caches that hear only of its own.
   */
  static Optional<AccessKeyEntity> find(EntityManager entities, KeyId id) {
    return entities
        .createQuery(
            "select k from AccessKeyEntity k left join fetch k.usage left join fetch k.secrets"
                + " where k.realmId = :realm and k.id = :id",
            AccessKeyEntity.class)
        .setParameter("realm", id.realmId)
        .setParameter("id", id.id)
        .getResultStream()
        .filter(row -> row.id.equals(id.id))
        .findFirst();
  }

  /**
   * The key in a row.
   *
   * @param restrictions the types that are installed
   * @throws IllegalStateException if the row holds what no version of ours wrote: a key that cannot
   *     be read must not be honoured
   */
  static AccessKey toKey(AccessKeyEntity row, Restrictions restrictions) {
    return new AccessKey(
        row.realmId,
        row.id,
        KeyKind.of(row.kind)
            .orElseThrow(() -> new IllegalStateException("Unknown kind of key: " + row.kind)),
        row.prefix,
        row.ownerId,
        new Label(
            row.name, Optional.ofNullable(row.description), JsonColumns.readMap(row.metadata)),
        new Grant(
            row.clientId,
            row.classic ? Form.CLASSIC : Form.FINE_GRAINED,
            scopes(row.scopes),
            JsonColumns.readArray(row.authorizationDetails),
            restrictions.read(row.restrictions)),
        new Validity(
            new Validity.Creation(Instant.ofEpochMilli(row.createdAt), row.createdBy),
            instant(row.renewedAt),
            instant(row.notBefore),
            instant(row.expiresAt),
            instant(row.suspendedAt)
                .map(at -> new Suspension(at, row.suspendedBy, suspender(row.suspendedByKind))),
            instant(row.exposedAt),
            instant(row.revokedAt)
                .map(at -> new Revocation(at, Optional.ofNullable(row.revokedReason))),
            instant(row.removedAt)),
        Optional.ofNullable(row.rollWindow).map(window -> toSchedule(row, window)),
        row.secrets.stream()
            .map(KeyRows::toSecret)
            .sorted(Comparator.comparingInt(KeySecret::number).reversed())
            .toList(),
        usage(row.usage),
        row.version);
  }

  static AccessKeyEntity toRow(AccessKey key) {
    AccessKeyEntity row = new AccessKeyEntity();
    row.realmId = key.realmId();
    row.id = key.id();
    row.kind = key.kind().wireName();
    row.prefix = key.prefix();
    row.ownerId = key.ownerId();
    row.createdAt = key.validity().created().at().toEpochMilli();
    row.createdBy = key.validity().created().by();
    row.version = key.version();
    write(key, row);
    return row;
  }

  /** Writes what may change of a key into its row. */
  static void write(AccessKey key, AccessKeyEntity row) {
    row.name = key.name();
    row.nameOrder = NameOrder.of(key.name());
    row.description = key.label().description().orElse(null);
    row.metadata = JsonColumns.write(key.label().metadata());
    row.clientId = key.grant().clientId();
    row.classic = key.grant().form() == Form.CLASSIC;
    row.scopes = String.join(" ", new TreeSet<>(key.grant().scopes()));
    row.authorizationDetails = JsonColumns.write(key.grant().authorizationDetails());
    row.restrictions = Restrictions.write(key.grant().restrictions());
    row.restricted = key.grant().isRestricted();
    row.renewedAt = millis(key.validity().renewed());
    row.notBefore = millis(key.validity().notBefore());
    row.expiresAt = millis(key.validity().expires());
    row.suspendedAt = millis(key.validity().suspended().map(Suspension::at));
    row.suspendedBy = key.validity().suspended().map(Suspension::by).orElse(null);
    row.suspendedByKind =
        key.validity().suspended().map(suspension -> suspension.kind().wireName()).orElse(null);
    row.exposedAt = millis(key.validity().exposed());
    row.revokedAt = millis(key.validity().revoked().map(Revocation::at));
    row.revokedReason = key.validity().revoked().flatMap(Revocation::reason).orElse(null);
    row.removedAt = millis(key.validity().removed());
    writeSchedule(key, row);
    row.secrets.removeIf(old -> key.secret(old.number).isEmpty());
    for (KeySecret secret : key.secrets()) {
      row.secrets.stream()
          .filter(old -> old.number == secret.number())
          .findFirst()
          .ifPresentOrElse(
              old -> {
                old.retiresAt = millis(secret.retires());
                old.extendedAt = millis(secret.extended());
              },
              () -> row.secrets.add(toRow(row, secret)));
    }
  }

  private static AccessKeySecretEntity toRow(AccessKeyEntity key, KeySecret secret) {
    AccessKeySecretEntity row = new AccessKeySecretEntity();
    row.realmId = key.realmId;
    row.keyId = key.id;
    row.key = key;
    row.number = secret.number();
    row.algorithm = secret.hash().algorithm();
    row.hash = secret.hash().value();
    row.legacyDigest = secret.hash().isLegacy() ? secret.hash().value() : null;
    row.hint = secret.hint();
    row.createdAt = secret.createdAt().toEpochMilli();
    row.retiresAt = millis(secret.retires());
    row.extendedAt = millis(secret.extended());
    row.lastUsedAt = millis(secret.lastUsed());
    return row;
  }

  /** A row that does not say it, or not in our words: only an administrator resumes such a key. */
  private static ActorKind suspender(String wireName) {
    return Optional.ofNullable(wireName).flatMap(ActorKind::of).orElse(ActorKind.ADMINISTRATOR);
  }

  static Long millis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(null);
  }

  private static KeySecret toSecret(AccessKeySecretEntity row) {
    return new KeySecret(
        row.number,
        new SecretHash(row.algorithm, row.hash),
        row.hint,
        Instant.ofEpochMilli(row.createdAt),
        instant(row.retiresAt),
        instant(row.lastUsedAt),
        instant(row.extendedAt));
  }

  private static void writeSchedule(AccessKey key, AccessKeyEntity row) {
    row.rollEvery = key.roll().flatMap(RollSchedule::every).map(Period::toString).orElse(null);
    row.rollFirstAt = millis(key.roll().flatMap(RollSchedule::first));
    row.rollStartAt = millis(key.roll().flatMap(RollSchedule::start));
    row.rollWindow = key.roll().map(RollSchedule::window).map(Duration::toString).orElse(null);
    row.rollDelivery = key.roll().map(RollSchedule::delivery).orElse(null);
    row.rollDueAt =
        millis(key.roll().flatMap(schedule -> schedule.dueAfter(key.current().createdAt())));
  }

  private static RollSchedule toSchedule(AccessKeyEntity row, String window) {
    return new RollSchedule(
        Optional.ofNullable(row.rollEvery).map(Period::parse),
        instant(row.rollFirstAt),
        instant(row.rollStartAt),
        Duration.parse(window),
        row.rollDelivery);
  }

  private static Usage usage(AccessKeyUsageEntity row) {
    return row == null
        ? Usage.NONE
        : new Usage(instant(row.lastUsedAt), Optional.ofNullable(row.lastUsedFrom), row.useCount);
  }

  /** The usage of a key, whose row must be there before. */
  static AccessKeyUsageEntity toUsageRow(AccessKey key) {
    AccessKeyUsageEntity row = new AccessKeyUsageEntity();
    row.id = key.id();
    row.realmId = key.realmId();
    row.idleSince = key.idleSince().toEpochMilli();
    row.lastUsedAt = millis(key.usage().lastAt());
    row.lastUsedFrom = key.usage().lastFrom().orElse(null);
    row.useCount = key.usage().count();
    return row;
  }

  private static Optional<Instant> instant(Long millis) {
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
  }

  private static Set<String> scopes(String joined) {
    return joined.isEmpty() ? Set.of() : Set.of(joined.split(" "));
  }
}
