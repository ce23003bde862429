package io.accesskeys.store;

import io.accesskeys.key.KeyState;
import jakarta.persistence.criteria.AbstractQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * What criteria ask of the rows of one query.
 *
 * @param query for which they are made
 * @param key the key in it
 * @param used the uses of that key
 */
record Conditions(
    CriteriaBuilder builder,
    AbstractQuery<?> query,
    Root<AccessKeyEntity> key,
    From<?, AccessKeyUsageEntity> used) {

  /** Every one of the criteria, for a key of this realm. */
  List<Predicate> all(String realmId, List<Criterion> criteria) {
    return Stream.concat(
            Stream.of(builder.equal(key.get("realmId"), realmId)),
            criteria.stream().flatMap(criterion -> of(criterion, realmId)))
        .toList();
  }

  private Stream<Predicate> of(Criterion criterion, String realmId) {
    if (criterion instanceof Criterion.OwnedBy by) {
      return Stream.of(builder.equal(key.get("ownerId"), by.ownerId()));
    }
    if (criterion instanceof Criterion.OfKind of) {
      return Stream.of(builder.equal(key.get("kind"), of.kind().wireName()));
    }
    if (criterion instanceof Criterion.IssuedFor issued) {
      return Stream.of(builder.equal(key.get("clientId"), issued.clientId()));
    }
    if (criterion instanceof Criterion.InState in) {
      return state(in.state(), in.at().toEpochMilli());
    }
    if (criterion instanceof Criterion.ExpiringBetween between) {
      return Stream.of(
          notRevoked(),
          builder.ge(key.<Long>get("expiresAt"), between.from().toEpochMilli()),
          builder.lt(key.<Long>get("expiresAt"), between.to().toEpochMilli()));
    }
    if (criterion instanceof Criterion.NeverExpiring) {
      return Stream.of(notRevoked(), key.get("expiresAt").isNull());
    }
    if (criterion instanceof Criterion.UnusedSince unused) {
      return Stream.of(
          builder.equal(used.get("realmId"), realmId),
          builder.lt(used.<Long>get("idleSince"), unused.instant().toEpochMilli()));
    }
    if (criterion instanceof Criterion.NeverUsed) {
      return Stream.of(used.get("lastUsedAt").isNull());
    }
    if (criterion instanceof Criterion.NameBegins begins) {
      return nameBegins(begins.prefix());
    }
    if (criterion instanceof Criterion.BeyondPolicy beyond) {
      return Stream.of(
          notRevoked(),
          notExpired(beyond.at().toEpochMilli()),
          policy().anyBeyond(beyond.limits()));
    }
    if (criterion instanceof Criterion.EndedByChange change) {
      long at = change.at().toEpochMilli();
      return Stream.of(
          notRevoked(),
          notExpired(at),
          policy().anyEnds(change.after(), change.at()),
          builder.not(policy().anyEnds(change.before(), change.at())));
    }
    if (criterion instanceof Criterion.RollDueBefore due) {
      return Stream.of(
          builder.lt(key.<Long>get("rollDueAt"), due.instant().toEpochMilli()), notRevoked());
    }
    if (criterion instanceof Criterion.RetiringBetween between) {
      return Stream.of(
          notRevoked(), hasRetiring(between.from().toEpochMilli(), between.to().toEpochMilli()));
    }
    if (criterion instanceof Criterion.Unscheduled without) {
      return Stream.of(
          builder.equal(key.get("kind"), without.kind().wireName()),
          key.get("rollWindow").isNull(),
          notRevoked(),
          notExpired(without.at().toEpochMilli()));
    }
    if (criterion instanceof Criterion.Orphaned orphaned) {
      return Stream.of(notRevoked(), notExpired(orphaned.at().toEpochMilli()), isOrphaned(realmId));
    }
    if (criterion instanceof Criterion.Legacy) {
      return Stream.of(isLegacy(realmId));
    }
    return criterion instanceof Criterion.Unrestricted
        ? Stream.of(builder.isFalse(key.get("restricted")))
        : Stream.of(key.get("removedAt").isNull());
  }

  /** By the index as far as it goes; who revokes what they have found wants no other keys. */
  private Stream<Predicate> nameBegins(String prefix) {
    Path<String> order = key.get("nameOrder");
    Stream<Predicate> indexed =
        Stream.of(
            builder.greaterThanOrEqualTo(order, NameOrder.of(prefix)),
            builder.lessThan(order, NameOrder.endOf(prefix)));
    return NameOrder.isCut(prefix)
        ? Stream.concat(indexed, Stream.of(builder.or(likeAny(prefix))))
        : indexed;
  }

  private Predicate[] likeAny(String prefix) {
    return NameOrder.patterns(prefix).stream()
        .map(pattern -> builder.like(builder.lower(key.get("name")), pattern, NameOrder.ESCAPE))
        .toArray(Predicate[]::new);
  }

  private PolicyConditions policy() {
    return new PolicyConditions(builder, key, used);
  }

  private Predicate notRevoked() {
    return key.get("revokedAt").isNull();
  }

  private Predicate notExpired(long at) {
    return builder.or(key.get("expiresAt").isNull(), builder.gt(key.<Long>get("expiresAt"), at));
  }

  /** The order of {@code AccessKey.stateAt}: what comes first there is excluded here. */
  private Stream<Predicate> state(KeyState state, long now) {
    Path<Long> expires = key.get("expiresAt");
    Path<Long> notBefore = key.get("notBefore");
    Predicate exposed = key.get("exposedAt").isNotNull();
    Predicate suspended = key.get("suspendedAt").isNotNull();
    Predicate notExposed = key.get("exposedAt").isNull();
    Predicate notSuspended = key.get("suspendedAt").isNull();
    return switch (state) {
      case REVOKED -> Stream.of(key.get("revokedAt").isNotNull());
      case EXPOSED -> Stream.of(exposed, notRevoked());
      case EXPIRED ->
          Stream.of(expires.isNotNull(), builder.le(expires, now), notRevoked(), notExposed);
      case SUSPENDED -> Stream.of(suspended, notRevoked(), notExposed, notExpired(now));
      case PENDING ->
          Stream.of(
              notBefore.isNotNull(),
              builder.gt(notBefore, now),
              notRevoked(),
              notExposed,
              notExpired(now),
              notSuspended);
      case ACTIVE, ROLLING ->
          Stream.of(
              notRevoked(),
              notExposed,
              notExpired(now),
              notSuspended,
              builder.or(notBefore.isNull(), builder.le(notBefore, now)),
              state == KeyState.ROLLING
                  ? hasRetiring(now, Long.MAX_VALUE)
                  : builder.not(hasRetiring(now, Long.MAX_VALUE)));
    };
  }

  private Predicate hasRetiring(long from, long to) {
    Subquery<Integer> secrets = query.subquery(Integer.class);
    Root<AccessKeySecretEntity> secret = secrets.from(AccessKeySecretEntity.class);
    return builder.exists(
        secrets
            .select(builder.literal(1))
            .where(
                builder.equal(secret.get("key"), key),
                builder.gt(secret.<Long>get("retiresAt"), from),
                builder.lt(secret.<Long>get("retiresAt"), to)));
  }

  /** Users of a federation that imports none are not in the database: nothing is said of them. */
  private Predicate isLegacy(String realmId) {
    Subquery<String> legacy = query.subquery(String.class);
    Root<AccessKeySecretEntity> secret = legacy.from(AccessKeySecretEntity.class);
    return builder
        .in(key.<String>get("id"))
        .value(
            legacy
                .select(secret.get("keyId"))
                .where(
                    builder.equal(secret.get("realmId"), realmId),
                    secret.get("legacyDigest").isNotNull(),
                    secret.get("retiresAt").isNull()));
  }

  private Predicate isOrphaned(String realmId) {
    Subquery<String> ofDisabledClients = query.subquery(String.class);
    Root<UserEntity> account = ofDisabledClients.from(UserEntity.class);
    ofDisabledClients
        .select(account.get("id"))
        .where(
            builder
                .in(account.get("serviceAccountClientLink"))
                .value(disabled(ofDisabledClients, ClientEntity.class, realmId)));
    Path<String> owner = key.get("ownerId");
    return builder.or(
        builder.in(owner).value(disabled(query, UserEntity.class, realmId)),
        builder.in(owner).value(disabled(query, ClientEntity.class, realmId)),
        builder.in(owner).value(ofDisabledClients),
        builder
            .in(key.<String>get("clientId"))
            .value(disabled(query, ClientEntity.class, realmId)));
  }

  private Subquery<String> disabled(AbstractQuery<?> outer, Class<?> type, String realmId) {
    Subquery<String> ids = outer.subquery(String.class);
    Root<?> row = ids.from(type);
    return ids.select(row.get("id"))
        .where(builder.equal(row.get("realmId"), realmId), builder.isFalse(row.get("enabled")));
  }
}
