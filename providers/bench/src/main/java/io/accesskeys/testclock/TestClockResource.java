package io.accesskeys.testclock;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.TimerProvider;

/** Moves the clock of the server, and starts what its timer would start. */
public final class TestClockResource {

  private static final long NEVER_AGAIN = Duration.ofDays(365).toMillis();

  private final KeycloakSession session;

  TestClockResource(KeycloakSession session) {
    this.session = session;
  }

  /** Sets how many seconds the clock is ahead, and says what it shows. */
  @POST
  @Produces(MediaType.TEXT_PLAIN)
  public String set(@QueryParam("ahead") int seconds) {
    Time.setOffset(seconds);
    return String.valueOf(Time.currentTimeMillis());
  }

  /** Runs a task of the timer now, and answers when it has come to its end. */
  @POST
  @Path("run")
  @Produces(MediaType.TEXT_PLAIN)
  public String run(@QueryParam("task") String name) throws InterruptedException {
    TimerProvider timer = session.getProvider(TimerProvider.class);
    Runnable task = timer.getTasks().get(name).getRunnable();
    CountDownLatch end = new CountDownLatch(1);
    // On the timer's one thread: whatever a run of its own has begun is over before this one.
    String once = name + " " + UUID.randomUUID();
    timer.schedule(() -> run(task, end), 0, NEVER_AGAIN, once);
    end.await();
    timer.cancelTask(once);
    return name;
  }

  private static void run(Runnable task, CountDownLatch end) {
    try {
      task.run();
    } finally {
      end.countDown();
    }
  }
}
