package io.accesskeys.it.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.abuse.RawRequest;
import io.accesskeys.it.abuse.RawRequest.RawReply;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Every entry point, in one realm, with good keys for it. */
final class FuzzEntryPoints {

  private static final String BEARER = "Authorization: Bearer ";
  private static final String EXCHANGE =
      "grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
          + "&subject_token_type=urn:access-keys:token-type:access-key&";
  private static final String TOLD =
      "&client_ip=203.0.113.9&client_headers=%7B%22Referer%22%3A%22x%22%7D";

  private final TestRealm realm;
  private final String pat;
  private final String apiKey;

  private FuzzEntryPoints(TestRealm realm) {
    this.realm = realm;
    this.pat = realm.pat("alice", "orders:read").text();
    this.apiKey = realm.apiKey("orders:read").text();
  }

  /** All of them in this realm, which is made ready for them. */
  static List<FuzzEntryPoint> of(TestRealm realm) {
    realm.attribute("acme-gateway", "standard.token.exchange.enabled", "true");
    DirectGrant.withOnly(realm, DirectGrant.TOKEN_STEP);
    FuzzEntryPoints ways = new FuzzEntryPoints(realm);
    return Stream.of(
            ways.grants(),
            ways.clientAuthentication(),
            ways.introspection(),
            ways.forwardAuth(),
            ways.endings())
        .flatMap(List::stream)
        .toList();
  }

  private List<FuzzEntryPoint> grants() {
    String token = at("/protocol/openid-connect/token");
    String own = "grant_type=" + TestRealm.GRANT + "&client_id=acme-api&";
    String password = "grant_type=password&client_id=acme-api&username=alice&";
    Predicate<RawReply> minted = reply -> reply.text().contains("\"access_token\"");
    return List.of(
        grant("own grant", pat, minted, key -> form(token, own, "access_key", key)),
        grant("own grant, API key", apiKey, minted, key -> form(token, own, "access_key", key)),
        grant("direct grant", pat, minted, key -> form(token, password, "password", key)),
        grant(
            "token exchange",
            pat,
            minted,
            key -> form(token, EXCHANGE, "subject_token", key).header(gateway())));
  }

  private List<FuzzEntryPoint> clientAuthentication() {
    String token = at("/protocol/openid-connect/token");
    String secret = realm.clientSecret("billing-worker", Map.of()).text();
    String grant = "grant_type=client_credentials";
    Predicate<RawReply> minted = reply -> reply.text().contains("\"access_token\"");
    return List.of(
        new FuzzEntryPoint(
            "client_secret_post",
            secret,
            key -> form(token, grant + "&client_id=billing-worker&", "client_secret", key),
            FuzzEntryPoint::asItIs,
            minted),
        new FuzzEntryPoint(
            "client_secret_basic",
            secret,
            key -> RawRequest.form(token, grant).header(basic("billing-worker:" + key)),
            FuzzEntryPoint::decoded,
            minted));
  }

  private List<FuzzEntryPoint> introspection() {
    Function<String, Function<String, RawRequest>> told =
        more ->
            key ->
                RawRequest.form(
                        at("/protocol/openid-connect/token/introspect"),
                        RawRequest.field("token", key) + more)
                    .header(gateway());
    Predicate<RawReply> active = reply -> reply.text().contains("\"active\":true");
    String jwt = realm.grant(pat, Map.of()).expect(200).text("access_token");
    return List.of(
        new FuzzEntryPoint("introspection", pat, told.apply(""), FuzzEntryPoint::asItIs, active),
        new FuzzEntryPoint(
            "introspection with facts", pat, told.apply(TOLD), FuzzEntryPoint::asItIs, active),
        new FuzzEntryPoint(
            "introspection with a hint",
            apiKey,
            told.apply("&token_type_hint=access-key"),
            FuzzEntryPoint::asItIs,
            active),
        new FuzzEntryPoint(
            "introspection of a JWT", jwt, told.apply(""), FuzzEntryPoint::unpadded, active));
  }

  private List<FuzzEntryPoint> forwardAuth() {
    String verify = at("/access-keys/verify?client=acme-api");
    String request = at("/access-keys/verify/request/orders/1?x=y");
    return List.of(
        verify("Bearer", FuzzEntryPoint::line, key -> RawRequest.get(verify).header(BEARER + key)),
        verify(
            "Bearer, any path",
            FuzzEntryPoint::line,
            key -> RawRequest.get(request).header(BEARER + key)),
        verify(
            "X-API-Key",
            FuzzEntryPoint::line,
            key -> RawRequest.get(verify).header("X-API-Key: " + key)),
        verify(
            "Basic, as user",
            FuzzEntryPoint::asItIs,
            key -> RawRequest.get(verify).header(basic(key + ":"))),
        verify(
            "Basic, as password",
            FuzzEntryPoint::asItIs,
            key -> RawRequest.get(verify).header(basic("alice:" + key))),
        verify(
            "Bearer, for a JWT",
            FuzzEntryPoint::line,
            key -> RawRequest.get(verify + "&jwt=true").header(BEARER + key)),
        question(
            "client",
            "acme-api",
            word -> at("/access-keys/verify?" + RawRequest.field("client", word))),
        question(
            "kind", "personal-access-token", word -> verify + "&" + RawRequest.field("kind", word)),
        new FuzzEntryPoint(
            "self",
            pat,
            key -> RawRequest.get(at("/access-keys/self")).header(BEARER + key),
            FuzzEntryPoint::line,
            reply -> reply.text().contains("\"redacted\"")));
  }

  private FuzzEntryPoint verify(
      String name, UnaryOperator<String> seen, Function<String, RawRequest> carrier) {
    return new FuzzEntryPoint("verify, " + name, pat, carrier, seen, FuzzEntryPoints::identifies);
  }

  /** What is asked of a good key. */
  private FuzzEntryPoint question(String name, String good, Function<String, String> target) {
    return new FuzzEntryPoint(
        "verify, its " + name,
        good,
        word -> RawRequest.get(target.apply(word)).header(BEARER + pat),
        FuzzEntryPoint::asItIs,
        FuzzEntryPoints::identifies);
  }

  private List<FuzzEntryPoint> endings() {
    String client = "client_id=acme-api&";
    return List.of(
        ending(
            "self",
            key -> RawRequest.get(at("/access-keys/self")).method("DELETE").header(BEARER + key)),
        ending("revoke", key -> form(at("/access-keys/revoke"), client, "token", key)),
        ending(
            "exposed",
            key ->
                RawRequest.json(
                    at("/access-keys/exposed"), "{\"keys\":[" + TextNode.valueOf(key) + "]}")));
  }

  /** It may say what it likes: what counts is that the key lives on. */
  private FuzzEntryPoint ending(String name, Function<String, RawRequest> carrier) {
    TestKey mortal = realm.pat("alice", "orders:read");
    return new FuzzEntryPoint(
        "ending, " + name,
        mortal.text(),
        carrier,
        key -> FuzzEntryPoint.line(FuzzEntryPoint.withoutControls(key)),
        reply -> false,
        List.of(mortal));
  }

  private static FuzzEntryPoint grant(
      String name, String good, Predicate<RawReply> minted, Function<String, RawRequest> carrier) {
    return new FuzzEntryPoint(name, good, carrier, FuzzEntryPoint::withoutControls, minted);
  }

  private static boolean identifies(RawReply reply) {
    return reply.status() == 200 && reply.text().matches("(?s).*\r\nX-Auth-Key-Id: \\w+\r\n.*");
  }

  private static RawRequest form(String target, String fields, String name, String value) {
    return RawRequest.form(target, fields + RawRequest.field(name, value));
  }

  private static String gateway() {
    return basic("acme-gateway:acme-gateway-demo-secret");
  }

  private static String basic(String pair) {
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private String at(String path) {
    return "/realms/" + realm.name() + path;
  }
}
