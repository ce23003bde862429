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
import java.util.Optional;

/**
 * The order of a search: one that an index has, so that a page costs the same at the beginning and
 * at the end of a million keys.
 *
 * @param usage whether the attribute is one of the usage row
 * @param attribute what is sorted by, the id after it
 */
record SearchOrder(boolean usage, String attribute, Direction direction) {

  enum Direction {
    UP,
    DOWN
  }

  private static final SearchOrder NEWEST_FIRST = key("createdAt", Direction.DOWN);
  private static final String SEPARATOR = "|";

  /** More than the longest attribute, value and id take. */
  private static final int MAX_CURSOR = 256;

  /** The order that the criteria call for. */
  static SearchOrder of(List<Criterion> criteria) {
    return criteria.stream()
        .flatMap(criterion -> of(criterion).stream())
        .findFirst()
        .orElse(NEWEST_FIRST);
  }

  /** The two columns in this order. */
  List<Order> by(CriteriaBuilder builder, From<?, AccessKeyEntity> key, From<?, ?> used) {
    return direction == Direction.UP
        ? List.of(builder.asc(sorted(key, used)), builder.asc(id(key, used)))
        : List.of(builder.desc(sorted(key, used)), builder.desc(id(key, used)));
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
      return attribute.equals("nameOrder")
          ? behind(
              NameOrder.checked(place.value),
              place.lastId,
              builder,
              key.<String>get(attribute),
              id(key, used))
          : behind(
              Long.valueOf(place.value),
              place.lastId,
              builder,
              (usage ? used : key).<Long>get(attribute),
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
    if (parts.length != 3 || !parts[0].equals(attribute) || !KeyText.isId(parts[2])) {
      throw new IllegalArgumentException("No cursor of this search");
    }
    return new Place(parts[1], parts[2]);
  }

  /** Where a page that ends with this row ends. */
  String cursor(AccessKeyEntity last) {
    Object value =
        switch (attribute) {
          case "nameOrder" -> last.nameOrder;
          case "expiresAt" -> last.expiresAt;
          case "rollDueAt" -> last.rollDueAt;
          case "idleSince" -> last.usage.idleSince;
          case "revokedAt" -> last.revokedAt;
          case "suspendedAt" -> last.suspendedAt;
          case "exposedAt" -> last.exposedAt;
          case "notBefore" -> last.notBefore;
          default -> last.createdAt;
        };
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            String.join(SEPARATOR, attribute, String.valueOf(value), last.id)
                .getBytes(StandardCharsets.UTF_8));
  }

  private <T extends Comparable<T>> Predicate behind(
      T value, String lastId, CriteriaBuilder builder, Path<T> sorted, Path<String> id) {
    boolean up = direction == Direction.UP;
    Predicate tie =
        builder.and(
            builder.equal(sorted, value),
            up ? builder.greaterThan(id, lastId) : builder.lessThan(id, lastId));
    return up
        ? builder.and(
            builder.greaterThanOrEqualTo(sorted, value),
            builder.or(builder.greaterThan(sorted, value), tie))
        : builder.and(
            builder.lessThanOrEqualTo(sorted, value),
            builder.or(builder.lessThan(sorted, value), tie));
  }

  private Path<?> sorted(From<?, AccessKeyEntity> key, From<?, ?> used) {
    return (usage ? used : key).get(attribute);
  }

  private Path<String> id(From<?, AccessKeyEntity> key, From<?, ?> used) {
    return usage ? used.get("id") : key.get("id");
  }

  private static Optional<SearchOrder> of(Criterion criterion) {
    if (criterion instanceof Criterion.ExpiringBetween) {
      return Optional.of(key("expiresAt", Direction.UP));
    }
    if (criterion instanceof Criterion.RollDueBefore) {
      return Optional.of(key("rollDueAt", Direction.UP));
    }
    if (criterion instanceof Criterion.UnusedSince) {
      return Optional.of(new SearchOrder(true, "idleSince", Direction.UP));
    }
    if (criterion instanceof Criterion.NameBegins) {
      return Optional.of(key("nameOrder", Direction.UP));
    }
    return criterion instanceof Criterion.InState in ? of(in.state()) : Optional.empty();
  }

  private static Optional<SearchOrder> of(KeyState state) {
    return switch (state) {
      case PENDING -> Optional.of(key("notBefore", Direction.UP));
      case SUSPENDED -> Optional.of(key("suspendedAt", Direction.DOWN));
      case EXPIRED -> Optional.of(key("expiresAt", Direction.DOWN));
      case REVOKED -> Optional.of(key("revokedAt", Direction.DOWN));
      case EXPOSED -> Optional.of(key("exposedAt", Direction.DOWN));
      case ACTIVE, ROLLING -> Optional.empty();
    };
  }

  private static SearchOrder key(String attribute, Direction direction) {
    return new SearchOrder(false, attribute, direction);
  }

  private static String text(String cursor) {
    if (cursor.length() > MAX_CURSOR) {
      throw new IllegalArgumentException("Longer than any cursor");
    }
    return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
  }
}
