package io.accesskeys.it.gateway;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.SeedKeys;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.YearKind;
import io.accesskeys.key.KeyText;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys in every state, and what happens to them and to all that they rely on. */
final class Keys {

  private static final String READ = "orders:read";

  private final TestRealm realm;
  private final TestRealm elsewhere;
  private final Instant expiry;
  private final Attempt soonExpired;

  Keys(TestRealm realm, TestRealm elsewhere) {
    this.realm = realm;
    this.elsewhere = elsewhere;
    this.expiry = in(Duration.ofSeconds(6));
    Attempt expiring = token("expiresAt", expiry.toString());
    this.soonExpired =
        expiring.having(
            Optional.of(
                realm
                    .grant(expiring.key(), Map.of("scope", READ))
                    .expect(200)
                    .text("access_token")));
  }

  TestRealm realm() {
    return realm;
  }

  Attempt token() {
    return Attempt.with(tokenKey().text());
  }

  TestKey tokenKey() {
    return realm.pat("alice", READ);
  }

  Attempt token(String member, Object value) {
    Map<String, Object> members = new HashMap<>(Map.of("scopes", List.of(READ)));
    members.put(member, value);
    return Attempt.with(realm.pat("alice", members).text());
  }

  Attempt tokenOf(String user) {
    return Attempt.with(realm.pat(user, READ).text()).by(user);
  }

  Attempt tokenFor(String scope) {
    return Attempt.with(realm.pat("alice", scope).text());
  }

  Attempt restricted(Map<String, ?> restriction) {
    return token("restrictions", List.of(restriction));
  }

  Attempt apiKey() {
    return Attempt.with(realm.apiKey(READ).text());
  }

  Attempt ofAnotherRealm() {
    return Attempt.with(elsewhere.pat("alice", READ).text());
  }

  Attempt forAnotherClient() {
    return token("client", "other-api");
  }

  /** The id of a key and a secret that it never had, with a checksum that is right. */
  Attempt wrongSecret() {
    KeyText right = KeyText.parse(tokenKey().text()).orElseThrow();
    return Attempt.with(KeyText.generate("kcpat", right.id(), new SecureRandom()).reveal());
  }

  Attempt unknownId() {
    return Attempt.with(KeyText.generate("kcpat", new SecureRandom()).reveal());
  }

  Attempt badChecksum() {
    String key = tokenKey().text();
    char last = key.charAt(key.length() - 1);
    return Attempt.with(key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a'));
  }

  Attempt inUrl() {
    String key = tokenKey().text();
    ShownSecrets.sentInUrl(key);
    return Attempt.withLines().asking("?access_token=" + key);
  }

  /** One that was there from the beginning, so that it expires while others are tried. */
  Attempt soonExpired() {
    return soonExpired;
  }

  /**
   * When {@link #soonExpired()} has expired. By the machine's own clock, which gateways go by: it
   * cannot be moved.
   */
  void waitForExpiry() {
    try {
      Thread.sleep(Math.max(0, Duration.between(Instant.now(), expiry).toMillis() + 500));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One that is more than a minute old: a policy cannot ask for less. */
  Attempt oldest() {
    SeedKeys seed = new SeedKeys(realm, in(Duration.ofMinutes(-2)));
    TestKey key = seed.key(YearKind.TOKEN, "oldest", Optional.empty()).key();
    ShownSecrets.add(key.text());
    seed.sow();
    return Attempt.with(key.text());
  }

  static Instant in(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS);
  }

  /** The key with the secret that it had before the roll. */
  Attempt old(String overlap) {
    TestKey key = tokenKey();
    roll(key, overlap);
    return Attempt.with(key.text());
  }

  Attempt rolled() {
    return Attempt.with(roll(tokenKey(), "PT1H").text("secret"));
  }

  private Reply roll(TestKey key, String overlap) {
    return realm
        .roll(
            "alice",
            key,
            "{\"overlap\":\"" + overlap + "\"}",
            Map.of("If-Match", "\"" + key.version() + "\""))
        .expect(200);
  }

  void rollAway(Attempt attempt) {
    admin("POST", attempt, "/roll", "{\"overlap\":\"PT0S\"}").expect(200);
  }

  void suspend(Attempt attempt) {
    admin("POST", attempt, "/suspend", "").expect(204);
  }

  void revoke(Attempt attempt) {
    admin("DELETE", attempt, "", "").expect(204);
  }

  void expose(Attempt attempt) {
    Http.json(
            "POST",
            realm.uri("/access-keys/exposed"),
            Map.of(),
            "{\"keys\":[\"" + attempt.key() + "\"]}")
        .expect(202);
  }

  private Reply admin(String method, Attempt attempt, String path, String json) {
    String id = KeyText.parse(attempt.key()).orElseThrow().id();
    return realm.admin(method, "/access-keys/" + id + path, json);
  }

  /** A person of whom nothing else in the table has keys. */
  void carol() {
    realm
        .admin(
            "POST",
            "/users",
            "{\"username\":\"carol\",\"enabled\":true,\"email\":\"carol@acme.example\",\"firstName\":\"C\",\"lastName\":\"C\",\"credentials\":[{\"type\":\"password\",\"value\":\"carol\"}]}")
        .expect(201);
    realm.roles("POST", realm.user("carol"), READ);
  }

  void client(String clientId, Map<String, ?> members) {
    realm.change(realm.client(clientId), members);
  }

  void realm(Map<String, ?> members) {
    realm.change("", members);
  }

  void policy(Map<String, String> settings) {
    realm.policy(settings).expect(204);
  }
}
