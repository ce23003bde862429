package io.accesskeys.rest;

import io.accesskeys.console.StandalonePage;
import io.accesskeys.http.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/**
 * {@code /realms/{realm}/access-keys/admin}: the page for administrators without the Admin Console,
 * for anybody. What it shows is the Admin REST API's to give.
 */
public final class AdminPageResource {

  private final StandalonePage page;

  AdminPageResource(KeycloakSession session) {
    this.page = new StandalonePage(session);
  }

  /** The page; 404 if the realm does not have the client by which administrators sign in. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  public Response html() {
    if (!page.isThere()) {
      String needed = "The page needs an enabled public client " + StandalonePage.CLIENT_ID;
      return Problem.of(Problem.Kind.NOT_FOUND, needed).response().build();
    }
    return Response.ok(page.html()).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
