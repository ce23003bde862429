package io.accesskeys.demo;

import io.accesskeys.bench.KeycloakServer;

/** The service billing-worker does with an API key what alice does with a token. */
final class ServiceStep {

  private final Transcript transcript;
  private final Realm realm;

  ServiceStep(Transcript transcript, Realm realm) {
    this.transcript = transcript;
    this.realm = realm;
  }

  void run() {
    transcript.step(
        "the service billing-worker does the same with an API key",
        "An administrator creates it; it acts as the service account of its owner.");
    transcript.call(
        Call.post("$KC/realms/master/protocol/openid-connect/token")
            .field("grant_type", "password")
            .field("client_id", "admin-cli")
            .field("username", KeycloakServer.ADMIN_USER)
            .field("password", KeycloakServer.ADMIN_PASSWORD),
        200,
        Capture.member("ADMIN_TOKEN", "access_token"));
    Answer created =
        transcript.call(
            Call.post("$KC/admin/realms/acme/access-keys")
                .bearer("$ADMIN_TOKEN")
                .json(
                    """
                    {"kind":"api-key","name":"billing","client":"acme-api",\
                    "scopes":["orders:read"],"owner":{"client":"billing-worker"}}"""),
            201,
            Capture.member("API_KEY", "secret"),
            Capture.member("API_KEY_ID", "id"));
    transcript.check(created, answer -> answer.expect("/owner/client", "billing-worker"));
    transcript.check(
        realm.introspect("$API_KEY"),
        answer ->
            answer
                .expect("/active", "true")
                .expect("/username", "service-account-billing-worker")
                .expect("/access_key/kind", "api-key"));
    transcript.check(
        realm.verify("$API_KEY", 200), answer -> answer.expectHeader("X-Auth-Key-Kind", "api-key"));
    realm.grant("$API_KEY", "WORKER_JWT");
    transcript.check(
        realm.claims("WORKER_JWT"), answer -> answer.expect("/access_key_kind", "api-key"));
  }

  /** Client secrets that can be restricted, rolled and revoked, beside the client's plain one. */
  void authenticate() {
    transcript.step(
        "billing-worker authenticates with a client secret of its own",
        "It works wherever Keycloak takes the plain one, until a client revokes it by RFC 7009.");
    transcript.call(
        Call.post("$KC/admin/realms/acme/access-keys")
            .bearer("$ADMIN_TOKEN")
            .json(
                """
                {"kind":"client-secret","name":"node 1","owner":{"client":"billing-worker"}}"""),
        201,
        Capture.member("CLIENT_SECRET", "secret"));
    transcript.check(clientCredentials(200), answer -> answer.expect("/token_type", "Bearer"));
    transcript.call(
        Call.post(Realm.KEYS + "/revoke")
            .basic("billing-worker", "$CLIENT_SECRET")
            .field("token", "$CLIENT_SECRET"),
        200);
    transcript.check(
        clientCredentials(401), answer -> answer.expect("/error", "unauthorized_client"));
  }

  private Answer clientCredentials(int status) {
    return transcript.call(
        Call.post(Realm.OIDC + "/token")
            .basic("billing-worker", "$CLIENT_SECRET")
            .field("grant_type", "client_credentials"),
        status);
  }
}
