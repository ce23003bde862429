package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.notice.Notices;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.schedule.PickupDelivery;
import io.accesskeys.schedule.RollDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** Which schedules keys may have. */
final class Schedules {

  private static final String FIELD = "roll";
  private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(5);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(365);

  private final KeycloakSession session;
  private final KindPolicy rules;
  private final Instant now;

  /**
   * @param rules what the realm allows of the key's kind
   */
  Schedules(KeycloakSession session, KindPolicy rules, Instant now) {
    this.session = session;
    this.rules = rules;
    this.now = now;
  }

  /**
   * The schedule of a new key; the policy's own if nobody wishes for another.
   *
   * @throws InvalidRequestException naming the member that is wrong
   */
  Optional<RollSchedule> schedule(Optional<ScheduleRequest> wish) throws InvalidRequestException {
    return schedule(wish, now, Optional.empty());
  }

  /**
   * The schedule of a key that has another wish now, or none. What of it stays the same does not
   * move its next roll.
   *
   * @throws InvalidRequestException naming the member that is wrong
   */
  Optional<RollSchedule> changed(AccessKey key, Optional<ScheduleRequest> wish)
      throws InvalidRequestException {
    Instant lastRoll = key.current().createdAt();
    Optional<RollSchedule> former = key.roll();
    return schedule(wish, lastRoll, former.flatMap(RollSchedule::first))
        .map(wanted -> former.map(old -> wanted.inPlaceOf(old, lastRoll)).orElse(wanted));
  }

  private Optional<RollSchedule> schedule(
      Optional<ScheduleRequest> wish, Instant lastRoll, Optional<Instant> formerFirst)
      throws InvalidRequestException {
    if (wish.isEmpty()) {
      return rules
          .rolling()
          .every()
          .map(
              every ->
                  new RollSchedule(
                      Optional.of(every),
                      Optional.empty(),
                      rules.rolling().window(),
                      PickupDelivery.ID));
    }
    ScheduleRequest asked = wish.get();
    if (asked.every().isEmpty() && asked.at().isEmpty()) {
      throw new InvalidRequestException(FIELD, "must have a member every, at or both");
    }
    Optional<Period> every =
        asked.every().isPresent() ? Optional.of(period(asked.every().get())) : Optional.empty();
    requireOftenEnough(every);
    Optional<Instant> first = first(asked, formerFirst);
    requireSoonEnough(first, lastRoll);
    return Optional.of(new RollSchedule(every, first, window(asked), delivery(asked)));
  }

  /**
   * Refuses a schedule that nobody would hear of.
   *
   * @throws InvalidRequestException naming the delivery
   */
  void requireRecipient(AccessKey key) throws InvalidRequestException {
    Optional<String> delivery = key.roll().map(RollSchedule::delivery);
    if (delivery.map(this::find).filter(RollDelivery::needsRecipient).isPresent()
        && !new Notices(session, session.getContext().getRealm()).reaches(key)) {
      throw new InvalidRequestException(
          FIELD + ".delivery",
          delivery.get()
              + " needs somebody to tell: set the client attribute access-keys.contacts");
    }
  }

  private static Period period(Period every) throws InvalidRequestException {
    if (!RollSchedule.isPeriod(every)) {
      throw new InvalidRequestException(FIELD + ".every", "must be from P1D to P10Y");
    }
    return every;
  }

  private void requireOftenEnough(Optional<Period> every) throws InvalidRequestException {
    Optional<Period> most = rules.rolling().every();
    if (most.isPresent()
        && (every.isEmpty()
            || RollSchedule.lengthOf(every.get()).compareTo(RollSchedule.lengthOf(most.get()))
                > 0)) {
      throw new InvalidRequestException(FIELD + ".every", "must be at most " + most.get());
    }
  }

  /** A first time that lies far ahead would put off every roll that the policy wants. */
  private void requireSoonEnough(Optional<Instant> first, Instant lastRoll)
      throws InvalidRequestException {
    Optional<Instant> latest =
        rules.rolling().every().map(most -> lastRoll.atZone(ZoneOffset.UTC).plus(most).toInstant());
    if (latest.isPresent() && first.filter(latest.get()::isBefore).isPresent()) {
      throw new InvalidRequestException(
          FIELD + ".at",
          "must be at most %s after the last roll, so until %s"
              .formatted(rules.rolling().every().get(), latest.get()));
    }
  }

  /** A time that the schedule had before may stay, though it has passed. */
  private Optional<Instant> first(ScheduleRequest asked, Optional<Instant> former)
      throws InvalidRequestException {
    Optional<Instant> at = asked.at().map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
    if (at.filter(instant -> !instant.isAfter(now)).isPresent() && !at.equals(former)) {
      throw new InvalidRequestException(FIELD + ".at", "must be in the future");
    }
    return at;
  }

  private Duration window(ScheduleRequest asked) throws InvalidRequestException {
    Duration window = asked.overlap().orElse(rules.rolling().window());
    if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new InvalidRequestException(
          FIELD + ".overlap", "must be between " + SHORTEST_WINDOW + " and " + LONGEST_WINDOW);
    }
    return window;
  }

  private String delivery(ScheduleRequest asked) throws InvalidRequestException {
    String id = asked.delivery().orElse(PickupDelivery.ID);
    if (find(id) == null) {
      throw new InvalidRequestException(FIELD + ".delivery", "must be one of " + known());
    }
    return id;
  }

  private RollDelivery find(String id) {
    return session.getProvider(RollDelivery.class, id);
  }

  private Set<String> known() {
    return session.getAllProviders(RollDelivery.class).stream()
        .map(RollDelivery::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
