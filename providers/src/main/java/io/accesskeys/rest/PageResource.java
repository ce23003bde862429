package io.accesskeys.rest;

import io.accesskeys.console.PageFiles;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * {@code /realms/{realm}/access-keys/ui}: which files the page in the Account Console is made of,
 * for anybody. The files themselves are the theme's.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class PageResource {

  /** The names of the current files; none if this jar was built without the page. */
  @GET
  @Path("manifest.json")
  public Response manifest() {
    return Response.ok(PageFiles.manifest().<Object>map(file -> file).orElse("{}"))
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }
}
