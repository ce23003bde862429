package io.accesskeys.it;

import java.util.Map;

/** Direct grants at acme-api, with something in place of the password. */
final class DirectGrant {

  static final String TOKEN_STEP = "personal-access-token-authenticator";
  static final String API_KEY_STEP = "api-key-authenticator";

  private final TestRealm realm;

  DirectGrant(TestRealm realm) {
    this.realm = realm;
  }

  /** Has acme-api use a flow in which this step alone decides. */
  static DirectGrant withOnly(TestRealm realm, String step) {
    LoginFlow.emptyOfProgramsAt(realm, "acme-api").addPlain("", step);
    return new DirectGrant(realm);
  }

  /** This password for this user. */
  Reply send(String user, String password) {
    return send(Map.of("username", user, "password", password));
  }

  /** These fields beside the usual ones. */
  Reply send(Map<String, String> fields) {
    return send(Map.of(), fields);
  }

  /** The same with headers. */
  Reply send(Map<String, String> headers, Map<String, String> fields) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        headers,
        TestRealm.and(Map.of("grant_type", "password", "client_id", "acme-api"), fields));
  }

  /** The JWT that this key gives. */
  String jwt(String user, TestKey key) {
    return send(user, key.text()).expect(200).text("access_token");
  }
}
