package io.accesskeys.bench.realm;

import io.accesskeys.bench.KeycloakServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens of the master administrators, used again while they are fresh: a password check is slow.
 */
public record AdminToken(String text, Instant fetched) {

  private static final Duration FRESH = Duration.ofSeconds(40);
  private static final Map<URI, AdminToken> BY_SERVER = new ConcurrentHashMap<>();

  public static String of(KeycloakServer server) {
    return BY_SERVER.compute(
            server.baseUri(),
            (uri, token) ->
                token != null && token.fetched.plus(FRESH).isAfter(Instant.now())
                    ? token
                    : fetch(uri))
        .text;
  }

  /** Forgets them: another clock decides whether they are fresh. */
  static void forgetAll() {
    BY_SERVER.clear();
  }

  private static AdminToken fetch(URI server) {
    Reply reply =
        Http.form(
            URI.create(server + "/realms/master/protocol/openid-connect/token"),
            Map.of(),
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                KeycloakServer.ADMIN_USER,
                "password",
                KeycloakServer.ADMIN_PASSWORD));
    return new AdminToken(reply.expect(200).text("access_token"), Instant.now());
  }
}
