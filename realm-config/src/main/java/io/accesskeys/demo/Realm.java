package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The entry points to the demo realm that several steps use. */
final class Realm {

  static final String BASE = "$KC/realms/acme";
  static final String KEYS = BASE + "/access-keys";
  static final String OIDC = BASE + "/protocol/openid-connect";

  private final Transcript transcript;

  Realm(Transcript transcript) {
    this.transcript = transcript;
  }

  /** The answer to acme-gateway, which says that it was called from this machine. */
  Answer introspect(String token) {
    return introspectFrom(token, "127.0.0.1");
  }

  /** The answer to acme-gateway, which says that it was called from this address. */
  Answer introspectFrom(String token, String clientIp) {
    return transcript.call(
        Call.post(OIDC + "/token/introspect")
            .basic("acme-gateway", "acme-gateway-demo-secret")
            .field("token", token)
            .field("client_ip", clientIp),
        200);
  }

  /** Forward authentication, as a proxy asks before it lets a GET /orders through. */
  Answer verify(String key, int status) {
    return transcript.call(
        Call.get(KEYS + "/verify?client=acme-api&scope=orders:read").bearer(key), status);
  }

  /** Forward authentication with a key that is not valid. */
  void refuses(String key) {
    transcript.check(
        verify(key, 401),
        answer -> answer.expectHeader("WWW-Authenticate", "error=\"invalid_token\""));
  }

  /** The own grant, for a JWT in this variable. */
  void grant(String key, String variable) {
    transcript.call(grantCall(key), 200, Capture.member(variable, "access_token"));
  }

  /** The request of the own grant. */
  Call grantCall(String key) {
    return Call.post(OIDC + "/token")
        .field("grant_type", "urn:access-keys:grant-type:access-key")
        .field("client_id", "acme-api")
        .field("access_key", key);
  }

  /** RFC 8693, by acme-gateway, which was sent the key from this machine. */
  void exchange(String key, String variable) {
    transcript.call(
        Call.post(OIDC + "/token")
            .basic("acme-gateway", "acme-gateway-demo-secret")
            .field("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
            .field("subject_token_type", "urn:access-keys:token-type:access-key")
            .field("subject_token", key)
            .field("client_ip", "127.0.0.1"),
        200,
        Capture.member(variable, "access_token"));
  }

  /** What the JWT in this variable says, shown and checked as far as all JWTs here agree. */
  Answer claims(String variable) {
    String payload = transcript.value(variable).split("\\.", -1)[1];
    Answer claims = Answer.ofJson(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
    transcript.say("What $" + variable + " says:");
    transcript.show(claims.json());
    transcript.check(
        claims,
        answer ->
            answer
                .expect("/azp", "acme-api")
                .expect("/aud", "acme-gateway")
                .expect("/scope", "orders:read"));
    return claims;
  }
}
