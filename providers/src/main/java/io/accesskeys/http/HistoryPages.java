package io.accesskeys.http;

import io.accesskeys.history.HistoryPage;
import io.accesskeys.history.KeyHistory;
import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.management.InvalidRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.keycloak.models.KeycloakSession;

/** Pages of the history of a key; each names the next in a {@code Link} header (RFC 8288). */
public final class HistoryPages {

  /** Who is a person of the application, or the person whose key it is. */
  private static final Set<ActorKind> PEOPLE = Set.of(ActorKind.OWNER, ActorKind.REGISTRANT);

  private final KeycloakSession session;

  /** Pages for the request of this session. */
  public HistoryPages(KeycloakSession session) {
    this.session = session;
  }

  /**
   * The page that the query asks for, for an administrator.
   *
   * @throws InvalidRequestException naming a parameter that is wrong
   */
  public Response forAdministrator(AccessKey key) throws InvalidRequestException {
    return answer(key, actor -> actor);
  }

  /**
   * The same for somebody whose key it is. Of an administrator they are told that it was one, and
   * not who: unless it was they themselves.
   *
   * @param viewerId the id of whoever looks
   * @throws InvalidRequestException naming a parameter that is wrong
   */
  public Response forPerson(AccessKey key, String viewerId) throws InvalidRequestException {
    return answer(key, actor -> shownTo(viewerId, actor));
  }

  static RecordedActor shownTo(String viewerId, RecordedActor actor) {
    boolean known =
        PEOPLE.contains(actor.kind()) || actor.id().filter(viewerId::equals).isPresent();
    return known ? actor : actor.anonymous();
  }

  private Response answer(AccessKey key, UnaryOperator<RecordedActor> shown)
      throws InvalidRequestException {
    KeyQuery query = new KeyQuery(session);
    KeyQuery.Part part = query.part();
    HistoryPage page = new KeyHistory(session).page(key, part.after(), part.max());
    Response.ResponseBuilder response =
        Response.ok(
                page.entries().stream()
                    .map(entry -> HistoryRepresentation.of(entry, shown.apply(entry.actor())))
                    .toList())
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    page.next()
        .map(
            version ->
                session
                    .getContext()
                    .getUri()
                    .getRequestUriBuilder()
                    .replaceQueryParam("after", version)
                    .build())
        .ifPresent(next -> response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\""));
    return response.build();
  }
}
