package io.accesskeys.it.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that each do one thing again and again, until all are told to finish. */
final class Repetition implements AutoCloseable {

  private final long seed;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> running = new ArrayList<>();
  private volatile boolean stopped;

  /** Each thread has a randomness of its own, which follows from this seed. */
  Repetition(long seed) {
    this.seed = seed;
  }

  /** What a thread does again and again. */
  @FunctionalInterface
  interface Step {
    void go(Random random) throws InterruptedException;
  }

  /** Begins one more thread, which pauses after each step. */
  void repeat(Duration pause, Step step) {
    Random random = new Random(seed + running.size());
    running.add(
        threads.submit(
            () -> {
              while (!stopped) {
                step.go(random);
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
              }
              return null;
            }));
  }

  /** Ends all of it, after the answers that are awaited. Throws what a step has thrown. */
  void finish() throws InterruptedException, ExecutionException, TimeoutException {
    stopped = true;
    for (Future<?> thread : running) {
      thread.get(2, TimeUnit.MINUTES);
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
