package io.accesskeys.http;

import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.request.Transport;
import io.accesskeys.restriction.CallingClient;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.RequestHeaders;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** What the entry points read off a request alike. */
public final class Requests {

  private static final String BEARER = "Bearer ";

  private Requests() {}

  /** The instant by Keycloak's clock, offset included. */
  public static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  /** The facts of a request that the key's holder sends; no client vouches for anything. */
  public static RequestFacts facts(KeycloakSession session) {
    MultivaluedMap<String, String> headers =
        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeaders();
    return new RequestFacts(
        ClientAddress.of(session),
        Optional.empty(),
        name -> headers.getOrDefault(name, List.of()),
        now());
  }

  /**
   * The form of a request as it was sent. The one that Keycloak hands to a grant lacks control
   * characters, so that a damaged key looks whole there and nowhere else, and every parameter that
   * is longer than Keycloak keeps, as if nobody had asked for less.
   */
  public static MultivaluedMap<String, String> form(KeycloakSession session) {
    return session.getContext().getHttpRequest().getDecodedFormParameters();
  }

  /** A client that had to prove who it is; empty for a public client. */
  public static Optional<CallingClient> authenticated(ClientModel client) {
    return Optional.of(client).filter(one -> !one.isPublicClient()).map(Requests::calling);
  }

  /** This client as the one that presents a key. */
  public static CallingClient calling(ClientModel client) {
    return new CallingClient(client.getId(), client.getClientId());
  }

  /** Headers that somebody tells us of; each was sent once. */
  public static RequestHeaders headers(Map<String, String> told) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(told);
    return name -> byName.containsKey(name) ? List.of(byName.get(name)) : List.of();
  }

  /** Whether a key stands in the query, where proxies and browsers would write it down. */
  public static boolean keyInUrl(KeycloakSession session) {
    return session.getContext().getHttpRequest().getUri().getQueryParameters().entrySet().stream()
        .flatMap(entry -> Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream()))
        .anyMatch(UrlText::hasKey);
  }

  /** Whether a key stands in this path. */
  public static boolean keyInPath(String path) {
    return UrlText.hasKey(path);
  }

  /**
   * What follows {@code Bearer} in the one {@code Authorization} header, or in several that are the
   * same; empty if nothing does.
   */
  public static Optional<String> bearer(KeycloakSession session) {
    List<String> sent =
        session
            .getContext()
            .getHttpRequest()
            .getHttpHeaders()
            .getRequestHeaders()
            .getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
    return sent.stream()
        .filter(header -> sent.stream().allMatch(header::equals))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip())
        .findFirst();
  }

  /**
   * Ends a request that would be answered with a new secret, if it came over plain HTTP where the
   * realm forbids it.
   *
   * @throws ProblemException 403
   */
  public static void requireTransportForSecrets(KeycloakSession session) {
    if (Transport.forbidsKeys(session)) {
      throw Problem.of(Problem.Kind.FORBIDDEN, "HTTPS required").exception();
    }
  }

  /**
   * Refuses a wish for a dry run where nobody looks for it, lest the change be made.
   *
   * @throws InvalidRequestException if it is in the query
   */
  public static void requireDryRunInBody(KeycloakSession session) {
    if (session.getContext().getUri().getQueryParameters().containsKey("dryRun")) {
      throw new InvalidRequestException(
          "dryRun", "is a member of the body: send {\"dryRun\":true}. Nothing was changed");
    }
  }
}
