package io.accesskeys.store;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Limits;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes queries of criteria. */
final class SearchQuery {

  private final EntityManager entities;
  private final CriteriaBuilder builder;
  private final String realmId;

  SearchQuery(EntityManager entities, String realmId) {
    this.entities = entities;
    this.builder = entities.getCriteriaBuilder();
    this.realmId = realmId;
  }

  /**
   * One page of rows.
   *
   * @throws InvalidCursorException if {@code after} is no cursor of this search
   */
  List<AccessKeyEntity> page(KeySearch search) {
    SearchOrder order = SearchOrder.of(search.criteria());
    CriteriaQuery<AccessKeyEntity> query = builder.createQuery(AccessKeyEntity.class);
    Root<AccessKeyEntity> key = query.from(AccessKeyEntity.class);
    @SuppressWarnings("unchecked") // what is fetched can be asked for, which JPA's types hide
    From<AccessKeyEntity, AccessKeyUsageEntity> used =
        (From<AccessKeyEntity, AccessKeyUsageEntity>)
            (Object) key.fetch("usage", order.usage() ? JoinType.INNER : JoinType.LEFT);
    List<Predicate> conditions = conditions(query.subquery(Integer.class), search, key, used);
    search.after().ifPresent(cursor -> conditions.add(order.behind(cursor, builder, key, used)));
    query.where(conditions.toArray(Predicate[]::new)).orderBy(order.by(builder, key, used));
    return entities
        .createQuery(query)
        .setFirstResult(search.first())
        .setMaxResults(search.max())
        .getResultList();
  }

  /** How many keys meet the criteria. */
  long count(KeySearch search) {
    CriteriaQuery<Long> query = builder.createQuery(Long.class);
    Root<AccessKeyEntity> key = query.from(AccessKeyEntity.class);
    From<AccessKeyEntity, AccessKeyUsageEntity> used = key.join("usage", JoinType.LEFT);
    query
        .select(builder.count(key))
        .where(
            conditions(query.subquery(Integer.class), search, key, used).toArray(Predicate[]::new));
    return entities.createQuery(query).getSingleResult();
  }

  private List<Predicate> conditions(
      Subquery<Integer> rolling,
      KeySearch search,
      Root<AccessKeyEntity> key,
      From<?, AccessKeyUsageEntity> used) {
    List<Predicate> conditions = new ArrayList<>();
    conditions.add(builder.equal(key.get("realmId"), realmId));
    search.criteria().stream()
        .flatMap(criterion -> condition(rolling, criterion, key, used))
        .forEach(conditions::add);
    return conditions;
  }

  private Stream<Predicate> condition(
      Subquery<Integer> rolling,
      Criterion criterion,
      Root<AccessKeyEntity> key,
      From<?, AccessKeyUsageEntity> used) {
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
      return state(rolling, in.state(), in.at(), key);
    }
    if (criterion instanceof Criterion.ExpiringBetween between) {
      return Stream.of(
          key.get("revokedAt").isNull(),
          builder.ge(key.<Long>get("expiresAt"), between.from().toEpochMilli()),
          builder.lt(key.<Long>get("expiresAt"), between.to().toEpochMilli()));
    }
    if (criterion instanceof Criterion.UnusedSince unused) {
      return Stream.of(
          builder.equal(used.get("realmId"), realmId),
          builder.lt(used.<Long>get("idleSince"), unused.instant().toEpochMilli()));
    }
    if (criterion instanceof Criterion.NameBegins begins) {
      Path<String> name = key.get("nameOrder");
      return Stream.of(
          builder.greaterThanOrEqualTo(name, NameOrder.of(begins.prefix())),
          builder.lessThan(name, NameOrder.endOf(begins.prefix())));
    }
    if (criterion instanceof Criterion.BeyondPolicy beyond) {
      return Stream.of(
          key.get("revokedAt").isNull(),
          builder.or(
              key.get("expiresAt").isNull(),
              builder.gt(key.<Long>get("expiresAt"), beyond.at().toEpochMilli())),
          builder.or(
              beyond.limits().entrySet().stream()
                  .map(entry -> beyond(entry.getKey(), entry.getValue(), key))
                  .toArray(Predicate[]::new)));
    }
    if (criterion instanceof Criterion.RollDueBefore due) {
      return Stream.of(
          builder.lt(key.<Long>get("rollDueAt"), due.instant().toEpochMilli()),
          key.get("revokedAt").isNull());
    }
    if (criterion instanceof Criterion.RetiringBetween between) {
      return Stream.of(
          key.get("revokedAt").isNull(),
          builder.exists(
              retiring(rolling, key, between.from().toEpochMilli(), between.to().toEpochMilli())));
    }
    if (criterion instanceof Criterion.Unscheduled without) {
      return Stream.of(
          builder.equal(key.get("kind"), without.kind().wireName()),
          key.get("rollWindow").isNull(),
          key.get("revokedAt").isNull(),
          builder.or(
              key.get("expiresAt").isNull(),
              builder.gt(key.<Long>get("expiresAt"), without.at().toEpochMilli())));
    }
    return criterion instanceof Criterion.Unrestricted
        ? Stream.of(builder.isFalse(key.get("restricted")))
        : Stream.of(key.get("removedAt").isNull());
  }

  private Predicate beyond(KeyKind kind, Limits limits, Root<AccessKeyEntity> key) {
    Path<Long> expires = key.get("expiresAt");
    Stream<Predicate> longer =
        limits.lifetime().stream()
            .map(
                most ->
                    builder.or(
                        expires.isNull(),
                        builder.gt(
                            builder.diff(
                                expires,
                                builder.coalesce(
                                    key.<Long>get("renewedAt"), key.<Long>get("createdAt"))),
                            most.toMillis())));
    Stream<Predicate> lacking =
        limits.restrictions().stream()
            .map(type -> "%\"type\":\"" + type + "\"%")
            .map(member -> builder.notLike(key.get("restrictions"), member));
    return builder.and(
        builder.equal(key.get("kind"), kind.wireName()),
        builder.or(Stream.concat(longer, lacking).toArray(Predicate[]::new)));
  }

  /** The order of {@code AccessKey.stateAt}: what comes first there is excluded here. */
  private Stream<Predicate> state(
      Subquery<Integer> rolling, KeyState state, Instant at, Root<AccessKeyEntity> key) {
    long now = at.toEpochMilli();
    Path<Long> expires = key.get("expiresAt");
    Path<Long> notBefore = key.get("notBefore");
    Predicate revoked = key.get("revokedAt").isNotNull();
    Predicate exposed = key.get("exposedAt").isNotNull();
    Predicate expired = builder.and(expires.isNotNull(), builder.le(expires, now));
    Predicate suspended = key.get("suspendedAt").isNotNull();
    Predicate pending = builder.and(notBefore.isNotNull(), builder.gt(notBefore, now));
    Predicate notRevoked = key.get("revokedAt").isNull();
    Predicate notExposed = key.get("exposedAt").isNull();
    Predicate notExpired = builder.or(expires.isNull(), builder.gt(expires, now));
    Predicate notSuspended = key.get("suspendedAt").isNull();
    Predicate begun = builder.or(notBefore.isNull(), builder.le(notBefore, now));
    return switch (state) {
      case REVOKED -> Stream.of(revoked);
      case EXPOSED -> Stream.of(exposed, notRevoked);
      case EXPIRED -> Stream.of(expired, notRevoked, notExposed);
      case SUSPENDED -> Stream.of(suspended, notRevoked, notExposed, notExpired);
      case PENDING -> Stream.of(pending, notRevoked, notExposed, notExpired, notSuspended);
      case ACTIVE, ROLLING ->
          Stream.of(
              notRevoked,
              notExposed,
              notExpired,
              notSuspended,
              begun,
              state == KeyState.ROLLING
                  ? builder.exists(retiring(rolling, key, now, Long.MAX_VALUE))
                  : builder.not(builder.exists(retiring(rolling, key, now, Long.MAX_VALUE))));
    };
  }

  private Subquery<Integer> retiring(
      Subquery<Integer> query, Root<AccessKeyEntity> key, long from, long to) {
    Root<AccessKeySecretEntity> secret = query.from(AccessKeySecretEntity.class);
    return query
        .select(builder.literal(1))
        .where(
            builder.equal(secret.get("key"), key),
            builder.gt(secret.<Long>get("retiresAt"), from),
            builder.lt(secret.<Long>get("retiresAt"), to));
  }
}
