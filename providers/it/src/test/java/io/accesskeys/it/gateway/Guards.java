package io.accesskeys.it.gateway;

import io.accesskeys.bench.Gateway;
import io.accesskeys.bench.Gateway.Place;
import io.accesskeys.bench.Gateway.Shipped;
import io.accesskeys.bench.RecordingApi;
import io.accesskeys.bench.StubGateway;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every gateway of {@code docker/gateways} before one API, all asking one realm. */
final class Guards implements AutoCloseable {

  private final TestRealm realm;
  private final RecordingApi api;
  private final Map<Shipped, Gateway> gateways = new EnumMap<>(Shipped.class);
  private final StubGateway traefik;
  private final StubGateway envoy;

  private Guards(TestRealm realm, RecordingApi api) {
    this.realm = realm;
    this.api = api;
    String publicKey = Http.get(realm.uri(""), Map.of()).expect(200).text("public_key");
    Place place = new Place(realm.uri(""), publicKey, api.uri());
    this.traefik = StubGateway.traefik(place);
    this.envoy = StubGateway.envoy(place);
    for (Shipped shipped : Shipped.values()) {
      gateways.put(shipped, Gateway.start(shipped, place));
    }
  }

  static Guards of(TestRealm realm) {
    return new Guards(realm, RecordingApi.start());
  }

  TestRealm realm() {
    return realm;
  }

  URI uri(Shipped shipped) {
    return gateways.get(shipped).uri();
  }

  URI traefik() {
    return traefik.uri();
  }

  URI envoy() {
    return envoy.uri();
  }

  /** The JWT that the token endpoint gives for the key, if it gives one. */
  Optional<String> jwt(Attempt attempt) {
    return token(
        attempt,
        Map.of(),
        Map.of(
            "grant_type", TestRealm.GRANT, "client_id", "acme-api", "access_key", attempt.key()));
  }

  /** The JWT that the gateway gets in exchange for the key, if it gets one. */
  Optional<String> exchanged(Attempt attempt) {
    return token(
        attempt,
        TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
        TestRealm.and(
            told(attempt),
            Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                attempt.key(),
                "subject_token_type",
                "urn:access-keys:token-type:access-key")));
  }

  /** The JWT that a direct grant gives for the key in place of a password, if it gives one. */
  Optional<String> granted(Attempt attempt) {
    Map<String, String> fields = new HashMap<>();
    fields.put("grant_type", "password");
    fields.put("client_id", "acme-api");
    fields.put("password", attempt.key());
    if (!attempt.key().startsWith("kcak_")) {
      fields.put("username", attempt.owner());
    }
    return token(attempt, Map.of(), fields);
  }

  /** What a gateway tells Keycloak of the request that it got. */
  static Map<String, String> told(Attempt attempt) {
    Map<String, String> fields = new HashMap<>();
    fields.put("client_ip", attempt.address().orElse("127.0.0.1"));
    attempt
        .header("Referer")
        .ifPresent(page -> fields.put("client_headers", "{\"Referer\":\"" + page + "\"}"));
    return fields;
  }

  private Optional<String> token(
      Attempt attempt, Map<String, String> headers, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(headers);
    attempt.address().ifPresent(address -> all.put("X-Forwarded-For", address));
    attempt.header("Referer").ifPresent(page -> all.put("Referer", page));
    Reply reply =
        Http.form(
            realm.uri("/protocol/openid-connect/token"),
            all,
            TestRealm.and(fields, Map.of("scope", "orders:read")));
    return reply.status() == 200 ? Optional.of(reply.text("access_token")) : Optional.empty();
  }

  @Override
  public void close() {
    gateways.values().forEach(Gateway::close);
    traefik.close();
    envoy.close();
    api.close();
  }
}
