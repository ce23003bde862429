package io.accesskeys.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** {@code /realms/{realm}/access-keys/openapi.json}: the REST APIs in OpenAPI 3.1, for anybody. */
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {

  private static final String DOCUMENT = "access-keys/openapi.json";

  /** The document, which changes only with the version of this extension. */
  @GET
  public Response describe() {
    InputStream document = OpenApiResource.class.getClassLoader().getResourceAsStream(DOCUMENT);
    return Response.ok(document).header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600").build();
  }
}
