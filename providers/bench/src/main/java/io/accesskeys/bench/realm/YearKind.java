package io.accesskeys.bench.realm;

import io.accesskeys.key.KeyKind;
import java.util.List;
import java.util.Map;

/** The kinds of keys, as those handle them who own and use them. */
public enum YearKind {
  TOKEN(KeyKind.PERSONAL_ACCESS_TOKEN),
  API_KEY(KeyKind.API_KEY),
  CLIENT_SECRET(KeyKind.CLIENT_SECRET);

  /** The end of the last old secret may have been put off into the time of the next roll. */
  private static final String REPLACE = "{\"replacePending\":true}";

  private final KeyKind kind;

  YearKind(KeyKind kind) {
    this.kind = kind;
  }

  KeyKind kind() {
    return kind;
  }

  /** The owner and the API client, as an import names them. */
  Map<String, ?> belongings(String alice) {
    return switch (this) {
      case TOKEN ->
          Map.of(
              "owner", Map.of("user", alice),
              "client", "acme-api",
              "scopes", List.of("orders:read"));
      case API_KEY ->
          Map.of(
              "owner", Map.of("client", "billing-worker"),
              "client", "acme-api",
              "scopes", List.of("orders:read"));
      case CLIENT_SECRET ->
          Map.of("owner", Map.of("client", "acme-gateway"), "client", "acme-gateway");
    };
  }

  /** Whether a program gets on with it. */
  public boolean works(TestRealm realm, TestKey key) {
    Reply reply =
        this == CLIENT_SECRET
            ? realm.oidc(
                "token/introspect",
                TestRealm.basic("acme-gateway", key.text()),
                Map.of("token", "nobody's"))
            : realm.verify(key.text(), "?client=acme-api");
    if (reply.status() != 200 && reply.status() != 401) {
      throw new AssertionError("Neither accepted nor refused: " + reply);
    }
    return reply.status() == 200;
  }

  /** What its owner sees, or whoever administrates its client. */
  public Reply look(TestRealm realm, TestKey key) {
    return this == TOKEN
        ? realm.own("alice", "GET", key, "", "").expect(200)
        : realm.adminKey("GET", key, "", null).expect(200);
  }

  /** A roll by its owner, or by whoever administrates its client. */
  public Reply roll(TestRealm realm, TestKey key) {
    return this == TOKEN
        ? realm.roll("alice", key, REPLACE, Map.of()).expect(200)
        : realm.adminKey("POST", key, "/roll", REPLACE).expect(200);
  }

  /** A roll by the key itself. */
  public Reply rollItself(TestRealm realm, TestKey key) {
    return Http.json(
            "POST", realm.uri("/access-keys/self/roll"), TestRealm.bearer(key.text()), REPLACE)
        .expect(200);
  }
}
