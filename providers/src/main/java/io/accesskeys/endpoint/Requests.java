package io.accesskeys.endpoint;

import io.accesskeys.key.KeyText;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.verification.Transport;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/** What the ways in read off a request alike. */
public final class Requests {

  private Requests() {}

  /** The instant by Keycloak's clock, offset included. */
  public static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  /** The facts of a request that the key's holder sends: the address is as Keycloak resolves it. */
  public static RequestFacts facts(KeycloakSession session) {
    return new RequestFacts(
        Optional.ofNullable(session.getContext().getConnection().getRemoteAddr()), now());
  }

  /** Whether a key stands in the URL, where proxies and browsers would write it down. */
  public static boolean keyInUrl(KeycloakSession session) {
    return session.getContext().getHttpRequest().getUri().getQueryParameters().entrySet().stream()
        .flatMap(entry -> Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream()))
        .anyMatch(word -> KeyText.parse(word).isPresent());
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
}
