package io.accesskeys.it.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;

/** Imports tables of keys that another system made. */
public record LegacyTable(TestRealm realm) {

  /** What the policy says where texts that begin with {@code sk_live_} are accepted for a month. */
  public static Map<String, String> accepted() {
    return Map.of(
        "legacy-prefixes", "sk_live_",
        "legacy-last-day", LocalDate.now(ZoneOffset.UTC).plusDays(30).toString(),
        "api-key.max-lifetime", "none",
        "api-key.max-per-owner", "1000000",
        "personal-access-token.max-lifetime", "none");
  }

  /** The SHA-256 of a text, in hex. */
  public static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Posts a table with a query. */
  public Reply post(String query, String table) {
    URI uri =
        URI.create(
            realm.server().baseUri()
                + "/admin/realms/"
                + realm.name()
                + "/access-keys/import?"
                + query);
    return Http.anything("POST", uri, realm.asAdmin(), "text/csv", table);
  }

  /** Posts a row about a key of billing-worker; gives what became of it. */
  public JsonNode apiKey(String text) {
    return row("api-key", text, "billing-worker");
  }

  /** Posts a row about a key of a person; gives what became of it. */
  public JsonNode token(String text, String user) {
    return row("personal-access-token", text, user);
  }

  private JsonNode row(String kind, String text, String owner) {
    String table =
        "hash,owner,client,scopes,expires,hint\n%s,%s,acme-api,orders:read,,%s\n"
            .formatted(sha256(text), owner, text.substring(text.length() - 4));
    return post("kind=" + kind + "&algorithm=sha256", table).expect(200).json().path(0);
  }
}
