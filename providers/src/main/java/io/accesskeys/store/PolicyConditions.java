package io.accesskeys.store;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Limits;
import io.accesskeys.restriction.Restrictions;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a policy makes of the rows of one query.
 *
 * @param key the key in it
 * @param used the uses of that key
 */
record PolicyConditions(
    CriteriaBuilder builder, Root<AccessKeyEntity> key, From<?, AccessKeyUsageEntity> used) {

  /**
   * How people write restrictions that keep nobody out. Other ways to write them are not found
   * here, and end such keys all the same.
   */
  private static final Map<String, List<String>> EVERYTHING =
      Map.of("ip", List.of("0.0.0.0/0", "::/0"));

  /** Whether a key is not what keys of its kind may be. */
  Predicate anyBeyond(Map<KeyKind, Limits> limits) {
    return builder.or(
        limits.entrySet().stream()
            .map(entry -> beyond(entry.getKey(), entry.getValue()))
            .toArray(Predicate[]::new));
  }

  /** Whether a key ends by a policy, at once or from its date on. */
  Predicate anyEnds(Map<KeyKind, Criterion.Ends> kinds, Instant at) {
    return builder.or(
        kinds.entrySet().stream()
            .map(kind -> ends(kind.getKey(), kind.getValue(), at))
            .toArray(Predicate[]::new));
  }

  private Predicate ends(KeyKind kind, Criterion.Ends ends, Instant at) {
    Predicate ofKind = builder.equal(key.get(AccessKeyEntity_.KIND), kind.wireName());
    if (!ends.enabled()) {
      return ofKind;
    }
    Predicate idle =
        ends.limits()
            .idle()
            .map(
                most ->
                    builder.lt(
                        used.<Long>get(AccessKeyUsageEntity_.IDLE_SINCE),
                        at.minus(most).toEpochMilli()))
            .orElseGet(builder::disjunction);
    return ends.limits().enforced().isPresent()
        ? builder.or(builder.and(ofKind, idle), beyond(kind, ends.limits()))
        : builder.and(ofKind, idle);
  }

  private Predicate beyond(KeyKind kind, Limits limits) {
    Path<Long> expires = key.get(AccessKeyEntity_.EXPIRES_AT);
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
                                    key.<Long>get(AccessKeyEntity_.RENEWED_AT),
                                    key.<Long>get(AccessKeyEntity_.CREATED_AT))),
                            most.toMillis())));
    Path<String> written = key.get(AccessKeyEntity_.RESTRICTIONS);
    Stream<Predicate> lacking =
        limits.restrictions().stream()
            .flatMap(
                type ->
                    Stream.concat(
                        Stream.of(
                            builder.notLike(written, "%" + Restrictions.enforcedMark(type) + "%")),
                        EVERYTHING.getOrDefault(type, List.of()).stream()
                            .map(
                                word ->
                                    builder.like(
                                        written,
                                        "%"
                                            + Restrictions.enforcedMark(type)
                                            + "%\""
                                            + word
                                            + "\"%"))));
    return builder.and(
        builder.equal(key.get(AccessKeyEntity_.KIND), kind.wireName()),
        builder.or(Stream.concat(longer, lacking).toArray(Predicate[]::new)));
  }
}
