package io.accesskeys.testclock;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.TimerProvider;

/** Moves the clock of the server, and starts what its timer would start. */
public final class TestClockResource {

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
    // On a thread of its own, as on the timer's: this request has a session and a transaction.
    Thread task =
        new Thread(
            session.getProvider(TimerProvider.class).getTasks().get(name).getRunnable(), name);
    task.start();
    task.join();
    return name;
  }
}
