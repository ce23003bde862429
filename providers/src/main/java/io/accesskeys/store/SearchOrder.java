package io.accesskeys.store;

import io.accesskeys.key.KeyState;
import io.accesskeys.key.KeyText;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * The order of a search: one that an index has, so that a page costs the same at the beginning and
 * at the end of a million keys.
 */
enum SearchOrder {
  /** All keys of a realm; what no other index finds is looked for in this order, key by key. */
  NEWEST_FIRST("IDX_ACCESS_KEY_CREATED", Sorted.CREATED_AT, Direction.DOWN),
  OWNER("IDX_ACCESS_KEY_OWNER", Sorted.CREATED_AT, Direction.DOWN),
  API_CLIENT("IDX_ACCESS_KEY_CLIENT", Sorted.CREATED_AT, Direction.DOWN),
  KIND("IDX_ACCESS_KEY_KIND", Sorted.CREATED_AT, Direction.DOWN),
  RESTRICTED("IDX_ACCESS_KEY_RESTRICTED", Sorted.CREATED_AT, Direction.DOWN),
  /** The index is one of secrets, which are few that retire. */
  RETIRING("IDX_ACCESS_KEY_SECRET_RETIRES", Sorted.CREATED_AT, Direction.DOWN),
  NAME("IDX_ACCESS_KEY_NAME", Sorted.NAME_ORDER, Direction.UP),
  NEXT_TO_EXPIRE("IDX_ACCESS_KEY_REALM_EXPIRES", Sorted.EXPIRES_AT, Direction.UP),
  LAST_EXPIRED("IDX_ACCESS_KEY_REALM_EXPIRES", Sorted.EXPIRES_AT, Direction.DOWN),
  LAST_REVOKED("IDX_ACCESS_KEY_REALM_REVOKED", Sorted.REVOKED_AT, Direction.DOWN),
  LAST_SUSPENDED("IDX_ACCESS_KEY_SUSPENDED", Sorted.SUSPENDED_AT, Direction.DOWN),
  LAST_EXPOSED("IDX_ACCESS_KEY_EXPOSED", Sorted.EXPOSED_AT, Direction.DOWN),
  NEXT_TO_BEGIN("IDX_ACCESS_KEY_NOT_BEFORE", Sorted.NOT_BEFORE, Direction.UP),
  NEXT_TO_ROLL("IDX_ACCESS_KEY_ROLL_DUE", Sorted.ROLL_DUE_AT, Direction.UP),
  LONGEST_IDLE("IDX_ACCESS_KEY_USAGE_IDLE", Sorted.IDLE_SINCE, Direction.UP);

  private enum Direction {
    UP,
    DOWN
  }

  /** What is sorted by, the id after it. */
  private enum Sorted {
    CREATED_AT(AccessKeyEntity_.CREATED_AT),
    NAME_ORDER(AccessKeyEntity_.NAME_ORDER),
    EXPIRES_AT(AccessKeyEntity_.EXPIRES_AT),
    REVOKED_AT(AccessKeyEntity_.REVOKED_AT),
    SUSPENDED_AT(AccessKeyEntity_.SUSPENDED_AT),
    EXPOSED_AT(AccessKeyEntity_.EXPOSED_AT),
    NOT_BEFORE(AccessKeyEntity_.NOT_BEFORE),
    ROLL_DUE_AT(AccessKeyEntity_.ROLL_DUE_AT),
    /** Of the usage row. */
    IDLE_SINCE(AccessKeyUsageEntity_.IDLE_SINCE);

    private final String attribute;

    Sorted(String attribute) {
      this.attribute = attribute;
    }

    Object of(AccessKeyEntity row) {
      return switch (this) {
        case CREATED_AT -> row.createdAt;
        case NAME_ORDER -> row.nameOrder;
        case EXPIRES_AT -> row.expiresAt;
        case REVOKED_AT -> row.revokedAt;
        case SUSPENDED_AT -> row.suspendedAt;
        case EXPOSED_AT -> row.exposedAt;
        case NOT_BEFORE -> row.notBefore;
        case ROLL_DUE_AT -> row.rollDueAt;
        case IDLE_SINCE -> row.usage.idleSince;
      };
    }
  }

  private static final String SEPARATOR = "|";

  /** More than the longest attribute, value and id take. */
  private static final int MAX_CURSOR = 256;

  private final String index;
  private final Sorted sorted;
  private final Direction direction;

  SearchOrder(String index, Sorted sorted, Direction direction) {
    this.index = index;
    this.sorted = sorted;
    this.direction = direction;
  }

  /**
   * The order that the criteria call for: by what the first of them is sorted by, if that is not
   * the creation.
   */
  static SearchOrder of(List<Criterion> criteria) {
    return criteria.stream()
        .map(criterion -> criterion.lookup().order())
        .filter(order -> order.sorted != Sorted.CREATED_AT)
        .findFirst()
        .orElse(NEWEST_FIRST);
  }

  /** The order of keys in a state. */
  static SearchOrder of(KeyState state) {
    return switch (state) {
      case PENDING -> NEXT_TO_BEGIN;
      case SUSPENDED -> LAST_SUSPENDED;
      case EXPIRED -> LAST_EXPIRED;
      case REVOKED -> LAST_REVOKED;
      case EXPOSED -> LAST_EXPOSED;
      case ACTIVE, ROLLING -> NEWEST_FIRST;
    };
  }

  /** Finds rows by the index of this order. */
  Lookup where(Function<Conditions, List<Predicate>> conditions) {
    return new Lookup(this, conditions);
  }

  /** The name of the index in the change log. */
  String index() {
    return index;
  }

  /** The attribute that is sorted by: of the usage row if {@link #isOfUsage}, else of the key. */
  String attribute() {
    return sorted.attribute;
  }

  boolean isOfUsage() {
    return sorted == Sorted.IDLE_SINCE;
  }

  /** The two columns in this order. */
  List<Order> by(CriteriaBuilder builder, From<?, AccessKeyEntity> key, From<?, ?> used) {
    return direction == Direction.UP
        ? List.of(builder.asc(column(key, used)), builder.asc(id(key, used)))
        : List.of(builder.desc(column(key, used)), builder.desc(id(key, used)));
  }

  /**
   * The condition for what comes behind a cursor. The first half seems to say nothing new: it is
   * what lets the database begin in the middle of the index.
   *
   * @throws InvalidCursorException if the text is no cursor of this order
   */
  Predicate behind(
      String cursor, CriteriaBuilder builder, From<?, AccessKeyEntity> key, From<?, ?> used) {
    try {
      Place place = place(cursor);
      return sorted == Sorted.NAME_ORDER
          ? behind(
              NameOrder.checked(place.value),
              place.lastId,
              builder,
              key.<String>get(attribute()),
              id(key, used))
          : behind(
              Long.valueOf(place.value),
              place.lastId,
              builder,
              (isOfUsage() ? used : key).<Long>get(attribute()),
              id(key, used));
    } catch (IllegalArgumentException e) {
      throw new InvalidCursorException(e);
    }
  }

  /**
   * Where a page ended.
   *
   * @param value of the attribute, as it stands in a cursor
   * @param lastId of the key
   */
  record Place(String value, String lastId) {}

  /**
   * The place that a cursor names.
   *
   * @throws IllegalArgumentException if the text is no cursor of this order
   */
  Place place(String cursor) {
    String[] parts = text(cursor).split("\\" + SEPARATOR, -1);
    if (parts.length != 3 || !parts[0].equals(attribute()) || !KeyText.isId(parts[2])) {
      throw new IllegalArgumentException("No cursor of this search");
    }
    return new Place(parts[1], parts[2]);
  }

  /** Where a page that ends with this row ends. */
  String cursor(AccessKeyEntity last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            String.join(SEPARATOR, attribute(), String.valueOf(sorted.of(last)), last.id)
                .getBytes(StandardCharsets.UTF_8));
  }

  private <T extends Comparable<T>> Predicate behind(
      T value, String lastId, CriteriaBuilder builder, Path<T> column, Path<String> id) {
    boolean up = direction == Direction.UP;
    Predicate tie =
        builder.and(
            builder.equal(column, value),
            up ? builder.greaterThan(id, lastId) : builder.lessThan(id, lastId));
    return up
        ? builder.and(
            builder.greaterThanOrEqualTo(column, value),
            builder.or(builder.greaterThan(column, value), tie))
        : builder.and(
            builder.lessThanOrEqualTo(column, value),
            builder.or(builder.lessThan(column, value), tie));
  }

  private Path<?> column(From<?, AccessKeyEntity> key, From<?, ?> used) {
    return (isOfUsage() ? used : key).get(attribute());
  }

  private Path<String> id(From<?, AccessKeyEntity> key, From<?, ?> used) {
    return isOfUsage() ? used.get(AccessKeyUsageEntity_.ID) : key.get(AccessKeyEntity_.ID);
  }

  private static String text(String cursor) {
    if (cursor.length() > MAX_CURSOR) {
      throw new IllegalArgumentException("Longer than any cursor");
    }
    return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
  }
}
