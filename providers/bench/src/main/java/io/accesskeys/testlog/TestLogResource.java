package io.accesskeys.testlog;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Lets a category log everything, or what it usually logs. */
public final class TestLogResource {

  /** What JBoss calls DEBUG. */
  private static final Level DEBUG = Level.FINE;

  /** Makes a category, the empty one for all, log at DEBUG or no more, and says which. */
  @POST
  @Produces(MediaType.TEXT_PLAIN)
  public String set(
      @DefaultValue("") @QueryParam("category") String category,
      @QueryParam("debug") boolean debug) {
    Level usual = category.isEmpty() ? Level.INFO : null;
    Logger.getLogger(category).setLevel(debug ? DEBUG : usual);
    return "[" + category + "]";
  }
}
