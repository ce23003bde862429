package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.SecretHash;
import io.accesskeys.key.Validity;
import io.accesskeys.restriction.Restrictions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Between rows and keys. */
final class KeyRows {

  private KeyRows() {}

  /**
   * The key in a row.
   *
   * @throws IllegalStateException if the row holds what no version of ours wrote: a key that cannot
   *     be read must not be honoured
   */
  static AccessKey toKey(AccessKeyEntity row) {
    return new AccessKey(
        row.realmId,
        row.id,
        KeyKind.of(row.kind)
            .orElseThrow(() -> new IllegalStateException("Unknown kind of key: " + row.kind)),
        row.prefix,
        row.ownerId,
        row.name,
        new Grant(row.clientId, scopes(row.scopes), Restrictions.read(row.restrictions)),
        new Validity(
            new Validity.Creation(Instant.ofEpochMilli(row.createdAt), row.createdBy),
            instant(row.notBefore),
            instant(row.expiresAt),
            instant(row.suspendedAt),
            instant(row.exposedAt),
            instant(row.revokedAt)),
        row.secrets.stream()
            .map(KeyRows::toSecret)
            .sorted(Comparator.comparingInt(KeySecret::number).reversed())
            .toList(),
        row.version);
  }

  static AccessKeyEntity toRow(AccessKey key) {
    AccessKeyEntity row = new AccessKeyEntity();
    row.realmId = key.realmId();
    row.id = key.id();
    row.kind = key.kind().wireName();
    row.prefix = key.prefix();
    row.ownerId = key.ownerId();
    row.name = key.name();
    row.clientId = key.grant().clientId();
    row.scopes = String.join(" ", new TreeSet<>(key.grant().scopes()));
    row.restrictions = Restrictions.write(key.grant().restrictions());
    row.createdAt = key.validity().created().at().toEpochMilli();
    row.createdBy = key.validity().created().by();
    row.notBefore = millis(key.validity().notBefore());
    row.expiresAt = millis(key.validity().expires());
    row.suspendedAt = millis(key.validity().suspended());
    row.exposedAt = millis(key.validity().exposed());
    row.revokedAt = millis(key.validity().revoked());
    row.version = key.version();
    key.secrets().forEach(secret -> row.secrets.add(toRow(row, secret)));
    return row;
  }

  static AccessKeySecretEntity toRow(AccessKeyEntity key, KeySecret secret) {
    AccessKeySecretEntity row = new AccessKeySecretEntity();
    row.key = key;
    row.number = secret.number();
    row.algorithm = secret.hash().algorithm();
    row.hash = secret.hash().value();
    row.hint = secret.hint();
    row.createdAt = secret.createdAt().toEpochMilli();
    row.retiresAt = millis(secret.retires());
    return row;
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
        instant(row.retiresAt));
  }

  private static Optional<Instant> instant(Long millis) {
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
  }

  private static Set<String> scopes(String joined) {
    return joined.isEmpty() ? Set.of() : Set.of(joined.split(" "));
  }
}
