package io.accesskeys.it.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.AdminToken;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.TestSigningKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the placeholders of {@link StockRequest}s stand for at one server. */
final class StockVariables {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([a-z-]+)(?: ([^ }]+) ([^ }]+))?}");
  private static final String VERIFIER = "a-code-verifier-that-is-long-enough-for-rfc-7636";

  private final KeycloakServer server;
  private final Map<String, String> kept = new HashMap<>();

  StockVariables(KeycloakServer server) {
    this.server = server;
  }

  void keep(String name, String value) {
    kept.put(name, value);
  }

  /** The text with everything put in. */
  String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found)));
  }

  private String value(String name, MatchResult found) {
    String realm = server.baseUri() + "/realms/stock";
    return switch (name) {
      case "oidc" -> "/realms/stock/protocol/openid-connect";
      case "admin" -> AdminToken.of(server);
      case "basic" -> TestRealm.basic(found.group(2), found.group(3)).get("Authorization");
      case "verifier" -> VERIFIER;
      case "challenge" -> challenge();
      case "secret-jwt" ->
          byMac("a-secret-that-is-long-enough-for-hs256", claims("by-secret-jwt", realm));
      case "wrong-secret-jwt" ->
          byMac("another-secret-that-is-long-enough-too", claims("by-secret-jwt", realm));
      case "key-jwt" -> byKey(claims("by-key-jwt", realm));
      case "upstream-jwt" ->
          byKey(claims("https://upstream.example.com", realm).put("sub", "alice-upstream"));
      default -> {
        if (!kept.containsKey(name)) {
          throw new AssertionError("Nothing was kept as " + name);
        }
        yield kept.get(name);
      }
    };
  }

  private static ObjectNode claims(String issuer, String audience) {
    long now = Instant.now().getEpochSecond();
    return JSON.createObjectNode()
        .put("iss", issuer)
        .put("sub", issuer)
        .put("aud", audience)
        .put("jti", UUID.randomUUID().toString())
        .put("iat", now)
        .put("exp", now + 60);
  }

  private static String byMac(String secret, ObjectNode claims) {
    String unsigned = base64("{\"alg\":\"HS256\"}") + "." + base64(claims.toString());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return unsigned + "." + base64(mac.doFinal(unsigned.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String byKey(ObjectNode claims) {
    String unsigned = base64("{\"alg\":\"RS256\"}") + "." + base64(claims.toString());
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(TestSigningKey.privateKey());
      signature.update(unsigned.getBytes(UTF_8));
      return unsigned + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String challenge() {
    try {
      return base64(MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
