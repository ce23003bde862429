package io.accesskeys.rest.gateway;

import io.accesskeys.password.AccountPasswords.Outcome.Person;
import io.accesskeys.verification.Decision.Accepted;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who is calling, as headers. Every one of them is always set, empty included: a gateway that
 * copies them must overwrite what the caller may have sent under these names.
 *
 * @param headers the values by name
 */
record Identity(Map<String, String> headers) {

  static final String RETIRES_AT = "X-Access-Key-Retires-At";

  /** Nobody. */
  static final Identity NOBODY = of("", "", "", "", "", "", "", "");

  /**
   * The owner of this key.
   *
   * @param jwt the same as a JWT; empty if none was asked for
   */
  static Identity of(Accepted accepted, String jwt) {
    return of(
        accepted.owner().getId(),
        accepted.owner().getUsername(),
        accepted.apiClient().getClientId(),
        String.join(" ", new TreeSet<>(accepted.scopes())),
        accepted.key().id(),
        accepted.key().kind().wireName(),
        accepted.secret().retires().map(Instant::toString).orElse(""),
        jwt);
  }

  /** A person who came with a password. */
  static Identity of(Person person) {
    return of(
        person.user().getId(),
        person.user().getUsername(),
        person.apiClient().getClientId(),
        String.join(" ", new TreeSet<>(person.scopes())),
        "",
        "password",
        "",
        "");
  }

  private static Identity of(
      String subject,
      String username,
      String client,
      String scope,
      String keyId,
      String keyKind,
      String retiresAt,
      String jwt) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Auth-Subject", subject);
    headers.put("X-Auth-Username", username);
    headers.put("X-Auth-Client", client);
    headers.put("X-Auth-Scope", scope);
    headers.put("X-Auth-Key-Id", keyId);
    headers.put("X-Auth-Key-Kind", keyKind);
    headers.put(RETIRES_AT, retiresAt);
    headers.put("X-Auth-Jwt", jwt);
    return new Identity(headers);
  }

  /** The same response with these headers. */
  ResponseBuilder on(ResponseBuilder response) {
    headers.forEach((name, value) -> response.header(name, HeaderText.encode(value)));
    return response;
  }
}
