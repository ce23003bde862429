package io.accesskeys.demo;

/** The steps of the demo, in their order. */
final class Tour {

  private final Transcript transcript;
  private final Realm realm;

  Tour(Transcript transcript) {
    this.transcript = transcript;
    this.realm = new Realm(transcript);
  }

  /**
   * Takes all steps.
   *
   * @throws DemoFailure at the first answer that is not the expected one
   */
  void run(String keycloak, String orders) {
    transcript.set("KC", keycloak);
    transcript.set("ORDERS", orders);
    transcript.command("JAR=$(mktemp)");
    new SignInStep(transcript).run();
    create();
    use();
    ServiceStep service = new ServiceStep(transcript, realm);
    service.run();
    callApi();
    service.authenticate();
    roll();
    refusals();
    revoke();
  }

  private void create() {
    transcript.step(
        "alice creates a personal access token",
        "It may read orders, from loopback addresses only. The answer shows the secret, once.");
    Answer created =
        transcript.call(
            Call.post(Realm.KEYS)
                .bearer("$ALICE_TOKEN")
                .json(
                    """
                    {"kind":"personal-access-token","name":"ci","client":"acme-api",\
                    "scopes":["orders:read"],"restrictions":[{"type":"ip","allow":["127.0.0.0/8"]}]}"""),
            201,
            Capture.member("PAT", "secret"),
            Capture.member("PAT_ID", "id"));
    transcript.check(
        created, answer -> answer.expect("/state", "active").expect("/scopes/0", "orders:read"));
  }

  private void use() {
    transcript.step(
        "her token works in every way",
        "A gateway introspects it, a proxy asks for a yes or no, both trade it for a JWT.");
    Answer key = realm.introspect("$PAT");
    transcript.check(
        key,
        answer ->
            answer
                .expect("/active", "true")
                .expect("/username", "alice")
                .expect("/scope", "orders:read")
                .expect("/access_key/kind", "personal-access-token"));
    Answer verified = realm.verify("$PAT", 200);
    transcript.check(
        verified,
        answer ->
            answer
                .expectHeader("X-Auth-Username", "alice")
                .expectHeader("X-Auth-Scope", "orders:read"));
    transcript.say("Where a program cannot send Authorization: Bearer:");
    String orders = Realm.KEYS + "/verify?client=acme-api&scope=orders:read";
    transcript.call(Call.get(orders).header("X-API-Key", "$PAT"), 200);
    transcript.call(Call.get(orders).basic("alice", "$PAT"), 200);
    realm.grant("$PAT", "JWT");
    transcript.check(
        realm.claims("JWT"),
        answer ->
            answer
                .expect("/sub", key.at("/sub"))
                .expect("/access_key_kind", "personal-access-token"));
    transcript.say("acme-gateway, which was sent the key, trades it for a JWT that it passes on.");
    realm.exchange("$PAT", "GATEWAY_JWT");
    transcript.check(
        realm.claims("GATEWAY_JWT"), answer -> answer.expect("/access_key_caller", "acme-gateway"));
    transcript.say("acme-gateway may introspect the JWT too. It knows the address of its caller.");
    transcript.check(realm.introspect("$JWT"), answer -> answer.expect("/active", "true"));
  }

  private void callApi() {
    transcript.step(
        "an API accepts the JWT without asking Keycloak",
        "It has the realm's public keys. GET /orders needs orders:read, POST orders:write.");
    transcript.check(
        transcript.call(Call.get("$ORDERS/orders").bearer("$JWT"), 200),
        answer -> answer.expect("/key", transcript.value("PAT_ID")));
    transcript.check(
        transcript.call(Call.get("$ORDERS/orders").bearer("$WORKER_JWT"), 200),
        answer -> answer.expect("/key", transcript.value("API_KEY_ID")));
    transcript.check(
        transcript.call(
            Call.post("$ORDERS/orders").bearer("$JWT").json("{\"item\":\"anvil\"}"), 403),
        answer -> answer.expectHeader("WWW-Authenticate", "insufficient_scope"));
    transcript.check(
        transcript.call(Call.get("$ORDERS/orders"), 401),
        answer -> answer.expectHeader("WWW-Authenticate", "Bearer"));
  }

  private void roll() {
    transcript.step(
        "alice rolls the key, with an hour of overlap",
        "It gets a new secret; the old one keeps working until then. Both do now.");
    Answer rolled =
        transcript.call(
            Call.post(Realm.KEYS + "/$PAT_ID/roll")
                .bearer("$ALICE_TOKEN")
                .header("If-Match", "\"1\"")
                .json("{\"overlap\":\"PT1H\"}"),
            200,
            Capture.member("NEW_PAT", "secret"));
    transcript.check(rolled, answer -> answer.expect("/state", "rolling").expect("/version", "2"));
    realm.verify("$PAT", 200);
    realm.verify("$NEW_PAT", 200);
  }

  private void refusals() {
    transcript.step(
        "what is refused",
        "A scope the key does not have, an address outside its range, a text with an end missing.");
    transcript.check(
        transcript.call(
            Call.get(Realm.KEYS + "/verify?client=acme-api&scope=orders:write").bearer("$PAT"),
            403),
        answer -> answer.expectHeader("WWW-Authenticate", "insufficient_scope"));
    transcript.check(
        realm.introspectFrom("$PAT", "203.0.113.9"), answer -> answer.expect("/active", "false"));
    realm.refuses("${PAT%?}");
  }

  private void revoke() {
    transcript.step(
        "alice revokes the key",
        "From now on it is refused everywhere: both secrets, and every JWT that is introspected.");
    transcript.call(Call.delete(Realm.KEYS + "/$PAT_ID").bearer("$ALICE_TOKEN"), 204);
    realm.refuses("$PAT");
    realm.refuses("$NEW_PAT");
    transcript.check(realm.introspect("$NEW_PAT"), answer -> answer.expect("/active", "false"));
    transcript.check(realm.introspect("$JWT"), answer -> answer.expect("/active", "false"));
    transcript.check(
        transcript.call(realm.grantCall("$NEW_PAT"), 400),
        answer -> answer.expect("/error", "invalid_grant"));
    transcript.say(
        "The API of step 5 asks nobody, so there a JWT lives until it expires: 5 minutes");
    transcript.say("at most. An API that cannot wait so long introspects.");
  }
}
