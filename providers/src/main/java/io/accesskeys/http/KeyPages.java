package io.accesskeys.http;

import io.accesskeys.key.AccessKey;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.store.InvalidCursorException;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Pages of keys; each names the next in a {@code Link} header (RFC 8288). */
public final class KeyPages {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final KeyStore store;

  /** Pages for the request of this session. */
  public KeyPages(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.store = session.getProvider(KeyStore.class);
  }

  /**
   * One page, for somebody who may see every key that the search finds.
   *
   * @throws InvalidRequestException if {@code after} is none of ours
   */
  public Response page(KeySearch search, Function<List<AccessKey>, List<?>> shown) {
    return answer(found(() -> store.search(realm, search)), shown);
  }

  /**
   * One page, for somebody who may see some keys and must not learn of the others.
   *
   * @throws InvalidRequestException if {@code after} is none of ours
   */
  public Response page(
      KeySearch search, Predicate<AccessKey> mayBeSeen, Function<List<AccessKey>, List<?>> shown) {
    return answer(found(() -> store.visible(realm, mayBeSeen).page(search)), shown);
  }

  private static KeyPage found(Supplier<KeyPage> search) {
    try {
      return search.get();
    } catch (InvalidCursorException e) {
      throw new InvalidRequestException("after", "is not where a page of this list ended");
    }
  }

  private Response answer(KeyPage found, Function<List<AccessKey>, List<?>> shown) {
    Response.ResponseBuilder response =
        Response.ok(shown.apply(found.keys())).header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (found.next().isPresent()) {
      UriBuilder next = session.getContext().getUri().getRequestUriBuilder();
      next.replaceQueryParam("first").replaceQueryParam("after", found.next().get());
      if (found.skip() > 0) {
        next.replaceQueryParam("first", found.skip());
      }
      response.header(HttpHeaders.LINK, "<" + next.build() + ">; rel=\"next\"");
    }
    return response.build();
  }
}
