package io.accesskeys.endpoint;

import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.store.Found;
import io.accesskeys.store.InvalidCursorException;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/** Pages of keys; each names the next in a {@code Link} header (RFC 8288). */
public final class KeyPages {

  private KeyPages() {}

  /**
   * One page.
   *
   * @throws InvalidRequestException if {@code after} is none of ours
   */
  public static Response page(
      KeycloakSession session, KeySearch search, Function<Found, List<?>> shown)
      throws InvalidRequestException {
    Found found;
    try {
      found = session.getProvider(KeyStore.class).search(session.getContext().getRealm(), search);
    } catch (InvalidCursorException e) {
      throw new InvalidRequestException("after", "is not where a page of this list ended");
    }
    Response.ResponseBuilder response =
        Response.ok(shown.apply(found)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    UriBuilder here = session.getContext().getUri().getRequestUriBuilder();
    found
        .next()
        .map(after -> here.replaceQueryParam("first").replaceQueryParam("after", after).build())
        .ifPresent(next -> response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\""));
    return response.build();
  }
}
