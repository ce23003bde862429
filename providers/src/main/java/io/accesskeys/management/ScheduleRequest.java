package io.accesskeys.management;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;

/**
 * The schedule that somebody wishes a key to have.
 *
 * @param every how long after each roll of its calendar the next shall be due
 * @param at when the first, or the only one, shall be due
 * @param overlap how long the old secret shall stay good from then on; empty for the policy's usual
 * @param delivery the id of a delivery; empty for the usual one
 */
public record ScheduleRequest(
    Optional<Period> every,
    Optional<Instant> at,
    Optional<Duration> overlap,
    Optional<String> delivery) {}
