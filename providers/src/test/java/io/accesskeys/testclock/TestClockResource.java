package io.accesskeys.testclock;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.common.util.Time;

/** Moves the clock of the server. */
public final class TestClockResource {

  /** Sets how many seconds the clock is ahead, and says what it shows. */
  @POST
  @Produces(MediaType.TEXT_PLAIN)
  public String set(@QueryParam("ahead") int seconds) {
    Time.setOffset(seconds);
    return String.valueOf(Time.currentTimeMillis());
  }
}
