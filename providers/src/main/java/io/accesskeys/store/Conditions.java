package io.accesskeys.store;

import io.accesskeys.key.KeyState;
import jakarta.persistence.criteria.AbstractQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * What criteria can ask of the rows of one query.
 *
 * @param query for which they are made
 * @param key the key in it
 * @param used the uses of that key
 */
record Conditions(
    CriteriaBuilder builder,
    String realmId,
    AbstractQuery<?> query,
    Root<AccessKeyEntity> key,
    From<?, AccessKeyUsageEntity> used) {

  /** Every one of the criteria, for a key of this realm. */
  List<Predicate> all(List<Criterion> criteria) {
    return Stream.concat(
            Stream.of(equal(AccessKeyEntity_.REALM_ID, realmId)),
            criteria.stream()
                .flatMap(criterion -> criterion.lookup().conditions().apply(this).stream()))
        .toList();
  }

  Predicate equal(String attribute, String value) {
    return builder.equal(key.get(attribute), value);
  }

  Predicate no(String attribute) {
    return builder.isFalse(key.get(attribute));
  }

  Predicate absent(String attribute) {
    return key.get(attribute).isNull();
  }

  Predicate before(String attribute, Instant instant) {
    return builder.lt(key.<Long>get(attribute), instant.toEpochMilli());
  }

  Predicate notBefore(String attribute, Instant instant) {
    return builder.ge(key.<Long>get(attribute), instant.toEpochMilli());
  }

  List<Predicate> idleSinceBefore(Instant instant) {
    return List.of(
        builder.equal(used.get(AccessKeyUsageEntity_.REALM_ID), realmId),
        builder.lt(used.<Long>get(AccessKeyUsageEntity_.IDLE_SINCE), instant.toEpochMilli()));
  }

  Predicate neverUsed() {
    return used.get(AccessKeyUsageEntity_.LAST_USED_AT).isNull();
  }

  /** By the index as far as it goes; who revokes what they have found wants no other keys. */
  List<Predicate> nameBegins(String prefix) {
    Path<String> order = key.get(AccessKeyEntity_.NAME_ORDER);
    Predicate from = builder.greaterThanOrEqualTo(order, NameOrder.of(prefix));
    Predicate to = builder.lessThan(order, NameOrder.endOf(prefix));
    return NameOrder.isCut(prefix)
        ? List.of(from, to, builder.or(likeAny(prefix)))
        : List.of(from, to);
  }

  private Predicate[] likeAny(String prefix) {
    return NameOrder.patterns(prefix).stream()
        .map(
            pattern ->
                builder.like(
                    builder.lower(key.get(AccessKeyEntity_.NAME)), pattern, NameOrder.ESCAPE))
        .toArray(Predicate[]::new);
  }

  PolicyConditions policy() {
    return new PolicyConditions(builder, key, used);
  }

  Predicate notRevoked() {
    return key.get(AccessKeyEntity_.REVOKED_AT).isNull();
  }

  Predicate notExpired(Instant at) {
    return builder.or(
        key.get(AccessKeyEntity_.EXPIRES_AT).isNull(),
        builder.gt(key.<Long>get(AccessKeyEntity_.EXPIRES_AT), at.toEpochMilli()));
  }

  /** The order of {@code AccessKey.stateAt}: what comes first there is excluded here. */
  List<Predicate> inState(KeyState state, Instant at) {
    long now = at.toEpochMilli();
    Path<Long> expires = key.get(AccessKeyEntity_.EXPIRES_AT);
    Path<Long> notBefore = key.get(AccessKeyEntity_.NOT_BEFORE);
    Predicate exposed = key.get(AccessKeyEntity_.EXPOSED_AT).isNotNull();
    Predicate suspended = key.get(AccessKeyEntity_.SUSPENDED_AT).isNotNull();
    Predicate notExposed = key.get(AccessKeyEntity_.EXPOSED_AT).isNull();
    Predicate notSuspended = key.get(AccessKeyEntity_.SUSPENDED_AT).isNull();
    return switch (state) {
      case REVOKED -> List.of(key.get(AccessKeyEntity_.REVOKED_AT).isNotNull());
      case EXPOSED -> List.of(exposed, notRevoked());
      case EXPIRED ->
          List.of(expires.isNotNull(), builder.le(expires, now), notRevoked(), notExposed);
      case SUSPENDED -> List.of(suspended, notRevoked(), notExposed, notExpired(at));
      case PENDING ->
          List.of(
              notBefore.isNotNull(),
              builder.gt(notBefore, now),
              notRevoked(),
              notExposed,
              notExpired(at),
              notSuspended);
      case ACTIVE, ROLLING ->
          List.of(
              notRevoked(),
              notExposed,
              notExpired(at),
              notSuspended,
              builder.or(notBefore.isNull(), builder.le(notBefore, now)),
              state == KeyState.ROLLING
                  ? hasRetiring(now, Long.MAX_VALUE)
                  : builder.not(hasRetiring(now, Long.MAX_VALUE)));
    };
  }

  Predicate hasRetiring(long from, long to) {
    Subquery<Integer> secrets = query.subquery(Integer.class);
    Root<AccessKeySecretEntity> secret = secrets.from(AccessKeySecretEntity.class);
    return builder.exists(
        secrets
            .select(builder.literal(1))
            .where(
                builder.equal(secret.get(AccessKeySecretEntity_.KEY), key),
                builder.gt(secret.<Long>get(AccessKeySecretEntity_.RETIRES_AT), from),
                builder.lt(secret.<Long>get(AccessKeySecretEntity_.RETIRES_AT), to)));
  }

  Predicate isLegacy() {
    Subquery<String> legacy = query.subquery(String.class);
    Root<AccessKeySecretEntity> secret = legacy.from(AccessKeySecretEntity.class);
    return builder
        .in(key.<String>get(AccessKeyEntity_.ID))
        .value(
            legacy
                .select(secret.get(AccessKeySecretEntity_.KEY_ID))
                .where(
                    builder.equal(secret.get(AccessKeySecretEntity_.REALM_ID), realmId),
                    secret.get(AccessKeySecretEntity_.LEGACY_DIGEST).isNotNull(),
                    secret.get(AccessKeySecretEntity_.RETIRES_AT).isNull()));
  }

  /** Users of a federation that imports none are not in the database: nothing is said of them. */
  Predicate isOrphaned() {
    Subquery<String> ofDisabledClients = query.subquery(String.class);
    Root<UserEntity> account = ofDisabledClients.from(UserEntity.class);
    ofDisabledClients
        .select(account.get("id"))
        .where(
            builder
                .in(account.get("serviceAccountClientLink"))
                .value(disabled(ofDisabledClients, ClientEntity.class)));
    Path<String> owner = key.get(AccessKeyEntity_.OWNER_ID);
    return builder.or(
        builder.in(owner).value(disabled(query, UserEntity.class)),
        builder.in(owner).value(disabled(query, ClientEntity.class)),
        builder.in(owner).value(ofDisabledClients),
        builder
            .in(key.<String>get(AccessKeyEntity_.CLIENT_ID))
            .value(disabled(query, ClientEntity.class)));
  }

  private Subquery<String> disabled(AbstractQuery<?> outer, Class<?> type) {
    Subquery<String> ids = outer.subquery(String.class);
    Root<?> row = ids.from(type);
    return ids.select(row.get("id"))
        .where(builder.equal(row.get("realmId"), realmId), builder.isFalse(row.get("enabled")));
  }
}
