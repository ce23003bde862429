package io.accesskeys.bench.realm;

import java.util.Map;

/** Direct grants at acme-api, with something in place of the password. */
public final class DirectGrant {

  public static final String TOKEN_STEP = "personal-access-token-authenticator";
  public static final String API_KEY_STEP = "api-key-authenticator";

  private final TestRealm realm;

  public DirectGrant(TestRealm realm) {
    this.realm = realm;
  }

  /** Has acme-api use a flow in which this step alone decides. */
  public static DirectGrant withOnly(TestRealm realm, String step) {
    LoginFlow.emptyOfProgramsAt(realm, "acme-api").addPlain("", step);
    return new DirectGrant(realm);
  }

  /** This password for this user. */
  public Reply send(String user, String password) {
    return send(Map.of("username", user, "password", password));
  }

  /** These fields beside the usual ones. */
  public Reply send(Map<String, String> fields) {
    return send(Map.of(), fields);
  }

  /** The same with headers. */
  public Reply send(Map<String, String> headers, Map<String, String> fields) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        headers,
        TestRealm.and(Map.of("grant_type", "password", "client_id", "acme-api"), fields));
  }

  /** The JWT that this key gives. */
  public String jwt(String user, TestKey key) {
    return send(user, key.text()).expect(200).text("access_token");
  }
}
