package io.accesskeys.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.keycloak.common.util.Time;

/** A job of this node, and how its runs went since the node has started. */
public final class JobRun {

  private final String name;
  private final Duration interval;
  private final Instant scheduled = now();
  private final AtomicLong failures = new AtomicLong();
  private volatile Instant lastStarted;
  private volatile Instant lastEnded;

  JobRun(String name, Duration interval) {
    this.name = name;
    this.interval = interval;
  }

  /** Runs the job and notes how that went; what it throws is the caller's. */
  void run(Runnable job) {
    lastStarted = now();
    boolean done = false;
    try {
      job.run();
      done = true;
    } finally {
      if (!done) {
        failed();
      }
      lastEnded = now();
    }
  }

  /** Notes that something went wrong, which the next run will try again. */
  void failed() {
    failures.incrementAndGet();
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** How often it starts. */
  public Duration interval() {
    return interval;
  }

  /** When it last started; empty if it never has. */
  public Optional<Instant> lastStarted() {
    return Optional.ofNullable(lastStarted);
  }

  /** When it last came to an end; empty if it never has. */
  public Optional<Instant> lastEnded() {
    return Optional.ofNullable(lastEnded);
  }

  /** How long ago its next run should have started; zero if it is in time. */
  public Duration lag(Instant at) {
    Duration late = Duration.between(lastStarted().orElse(scheduled).plus(interval), at);
    return late.isNegative() ? Duration.ZERO : late;
  }

  /** How often something went wrong. */
  public long failures() {
    return failures.get();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
