package io.accesskeys.token;

import io.accesskeys.audit.Audit;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Pattern;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Refuses a JWT that was minted from a key as a bearer at every endpoint but our own, which tell
 * their callers more. Some endpoints of Keycloak, such as client registration, verify a bearer
 * themselves and ask nobody else. {@link KeycloakFence} is the other fence.
 *
 * <p>It goes by the claim and leaves the signature unread: a forged token would be refused anyway.
 * It runs on the event loop, so it must not block.
 */
@Provider
@PreMatching
public final class MintedTokenFilter implements ContainerRequestFilter {

  /** With names of plain letters only, so that no other path can look like one of these. */
  private static final Pattern OURS =
      Pattern.compile("/realms/[^/]++/access-keys(?:/[A-Za-z0-9_-]++)*+/?");

  private static final Pattern SPACE = Pattern.compile("\\s");

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> sent = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (sent != null
        && sent.stream().anyMatch(MintedTokenFilter::isMinted)
        && !OURS.matcher(request.getUriInfo().getPath()).matches()) {
      Audit.counter("bearer", Audit.MINTED_TOKEN).increment();
      request.abortWith(refusal(request.getUriInfo().getPath()));
    }
  }

  /** Whatever the scheme: what follows it may be a token. */
  private static boolean isMinted(String header) {
    return SPACE.splitAsStream(header).anyMatch(MintedClaims::inCompact);
  }

  /** Admin REST answers 401 as if nobody had authenticated, which would send people looking. */
  private static Response refusal(String path) {
    boolean admin = path.startsWith("/admin");
    return Response.status(admin ? Response.Status.FORBIDDEN : Response.Status.UNAUTHORIZED)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer error=\"%s\", error_description=\"%s\""
                .formatted(OAuthErrorException.INVALID_TOKEN, MintedClaims.NOT_ACCEPTED_HERE))
        .entity(
            new OAuth2ErrorRepresentation(
                admin ? OAuthErrorException.ACCESS_DENIED : OAuthErrorException.INVALID_TOKEN,
                MintedClaims.NOT_ACCEPTED_HERE))
        .build();
  }
}
