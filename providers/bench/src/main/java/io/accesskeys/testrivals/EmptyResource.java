package io.accesskeys.testrivals;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Answers 200 and does nothing. */
public final class EmptyResource {

  /** The answer of a gateway's dreams. */
  @GET
  public Response get() {
    return Response.ok("", MediaType.TEXT_PLAIN_TYPE).build();
  }
}
