package io.accesskeys.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;

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
            (Object)
                key.fetch(
                    AccessKeyEntity_.USAGE, order.isOfUsage() ? JoinType.INNER : JoinType.LEFT);
    List<Predicate> conditions =
        new ArrayList<>(new Conditions(builder, realmId, query, key, used).all(search.criteria()));
    search.after().ifPresent(cursor -> conditions.add(order.behind(cursor, builder, key, used)));
    query.where(conditions.toArray(Predicate[]::new)).orderBy(order.by(builder, key, used));
    return entities
        .createQuery(query)
        .setFirstResult(search.first())
        .setMaxResults(search.max())
        .getResultList();
  }

  /** How many keys meet the criteria, as far as the size of a page. */
  int countPage(KeySearch search) {
    CriteriaQuery<String> query = builder.createQuery(String.class);
    Root<AccessKeyEntity> key = query.from(AccessKeyEntity.class);
    From<AccessKeyEntity, AccessKeyUsageEntity> used =
        key.join(AccessKeyEntity_.USAGE, JoinType.LEFT);
    query
        .select(key.get(AccessKeyEntity_.ID))
        .where(
            new Conditions(builder, realmId, query, key, used)
                .all(search.criteria())
                .toArray(Predicate[]::new));
    return entities.createQuery(query).setMaxResults(search.max()).getResultList().size();
  }

  /** How many keys meet the criteria. */
  long count(KeySearch search) {
    CriteriaQuery<Long> query = builder.createQuery(Long.class);
    Root<AccessKeyEntity> key = query.from(AccessKeyEntity.class);
    From<AccessKeyEntity, AccessKeyUsageEntity> used =
        key.join(AccessKeyEntity_.USAGE, JoinType.LEFT);
    query
        .select(builder.count(key))
        .where(
            new Conditions(builder, realmId, query, key, used)
                .all(search.criteria())
                .toArray(Predicate[]::new));
    return entities.createQuery(query).getSingleResult();
  }
}
