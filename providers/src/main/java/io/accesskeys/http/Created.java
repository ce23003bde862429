package io.accesskeys.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/** The answer to a request that has made something. */
public final class Created {

  private Created() {}

  /**
   * 201, which no cache may keep. {@code Location} has the id, which tools print that do not look
   * at the body.
   *
   * @param id of what was made, below the path of the request
   * @param entity what to show of it
   */
  public static Response response(KeycloakSession session, String id, Object entity) {
    return Response.created(
            session.getContext().getUri().getAbsolutePathBuilder().path("{id}").build(id))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(entity)
        .build();
  }
}
