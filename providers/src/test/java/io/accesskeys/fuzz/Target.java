package io.accesskeys.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.console.PageFiles;
import io.accesskeys.http.IfMatch;
import io.accesskeys.http.ProblemException;
import io.accesskeys.http.Requests;
import io.accesskeys.http.SentText;
import io.accesskeys.key.KeyPrefixes;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.LegacyText;
import io.accesskeys.key.LegacyTexts;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.oauth.directgrant.FormText;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ForwardedText;
import io.accesskeys.rest.gateway.VerifyText;
import io.accesskeys.restriction.Facts;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.app.AndroidRestrictionType;
import io.accesskeys.restriction.app.IosRestrictionType;
import io.accesskeys.restriction.client.ClientRestrictionType;
import io.accesskeys.restriction.ip.IpRanges;
import io.accesskeys.restriction.ip.IpRestrictionType;
import io.accesskeys.restriction.referrer.ReferrerRestrictionType;
import io.accesskeys.signin.page.PageText;
import io.accesskeys.store.SearchText;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.transfer.TableText;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What reads text that strangers send, with what must hold for any text at all. Seeds are texts
 * that it takes.
 */
enum Target {
  KEY(
      "kcpat_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw0wn8No",
      "secret-token:kcak_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv") {
    @Override
    void take(String text) {
      KeyText.parse(text)
          .ifPresent(
              key -> {
                hold(text.endsWith(key.reveal()), "another key");
                hold(KeyText.isPrefix(key.prefix()) && KeyText.isId(key.id()), "no prefix or id");
                hold(KeyText.parse(key.reveal()).isPresent(), "not read again");
              });
    }
  },

  URL(
      "/orders/kcpat_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw0wn8No",
      "next=https%253A%252F%252Fa.example%253Fkey%253Dkcak_x",
      "a;b&c=%zz") {
    @Override
    void take(String text) {
      Requests.keyInPath(text);
    }
  },

  PASSWORD(" \"kcpat_0123", "secret-token:ACME_LIVE_0", "correct horse battery staple") {
    @Override
    void take(String text) {
      boolean key = PREFIXES.begin(text);
      hold(key || KeyText.parse(text).isEmpty(), "a key that is no key");
      hold(key || !text.startsWith("kcpat_"), "a damaged key that is a password");
    }
  },

  LEGACY("sk_live_4711", "0123456789abcdefghij", "eyJhbGciOiJub25lIn0.e30.") {
    @Override
    void take(String text) {
      boolean legacy = LEGACY_TEXTS.fit(text, PREFIXES);
      hold(!legacy || text.length() <= LegacyTexts.LONGEST, "a legacy key that is too long");
      hold(!legacy || text.chars().allMatch(c -> c > ' ' && c < 0x7f), "one that no header has");
      if (legacy) {
        LegacyText.of(text, Optional.empty());
      }
    }
  },

  TABLE("hash,owner,client\n0a,\"b,\"\"c\",d\r\n", "\"", ",,,", "AAAA+/AA=") {
    @Override
    void take(String text) {
      refusedWell(() -> TableText.read(text));
    }
  },

  NAME("nightly report", "\u200b\u2060", "\u202ereport", "\ufffd", "\ud83d\ude00") {
    @Override
    void take(String text) {
      hold(StorableText.inUtf8(text.getBytes(UTF_8)).isPresent(), "UTF-8 that is none");
      StorableText.isVisible(text);
      StorableText.turnsText(text);
    }
  },

  ADDRESS("203.0.113.7", "203.0.113.0/24", "2001:db8::/32", "::ffff:203.0.113.7", "[::1]:80") {
    @Override
    void take(String text) {
      boolean address = IpRanges.isAddress(text);
      if (address || IpRanges.isRange(text)) {
        IpRanges ranges = ranges(text);
        hold(!address || ranges.contains(text), "an address outside itself");
        hold(!ranges.contains("nowhere"), "a name inside");
      }
    }
  },

  REFERRER("https://*.example.com:8443/shop/*", "example.com", "http://bücher.example/*") {
    @Override
    void take(String text) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "referrer");
      json.putArray("allow").add(text);
      Restriction read = KNOWN.read("[" + json + "]").get(0);
      Restriction some = KNOWN.read(SOME_REFERRER).get(0);
      for (String header : List.of("referer", "origin")) {
        Map<String, List<String>> headers = Map.of(header, List.of(text));
        read.allows(Facts.headers(headers));
        some.allows(Facts.headers(headers));
      }
    }
  },

  RESTRICTIONS(
      "[{\"type\":\"ip\",\"allow\":[\"203.0.113.0/24\"],\"not\":[\"203.0.113.7\"]}]",
      "[{\"type\":\"referrer\",\"allow\":[\"example.com\"]},{\"type\":\"x\"}]",
      "[{\"type\":\"android\",\"allow\":[{\"package\":\"a.b\",\"sha1\":\"AA\"}]}]",
      "[{\"type\":\"client\",\"allow\":[\"a\"]},{\"type\":\"ios\",\"allow\":[\"a.b\"]}]") {
    @Override
    void take(String text) {
      List<Restriction> read = KNOWN.read(text);
      String written = Restrictions.write(read);
      hold(written.equals(Restrictions.write(KNOWN.read(written))), "written differently again");
      read.forEach(restriction -> restriction.allows(Facts.headers(Map.of())));
      read.forEach(Restriction::summary);
    }
  },

  BODY(
      "{\"kind\":\"api-key\",\"name\":\"x\",\"client\":\"a\",\"scopes\":[\"s\"],\"metadata\":{}}",
      "{\"overlap\":\"PT1H\",\"expiresAt\":\"2027-02-21T00:00:00Z\",\"replacePending\":true}",
      "{\"roll\":{\"every\":\"P90D\",\"overlap\":\"P7D\",\"delivery\":\"pickup\"}}",
      "{\"authorizationDetails\":[{\"type\":\"x\"}],\"restrictions\":[{\"type\":\"ip\"}]}") {
    @Override
    void take(String text) {
      refusedWell(() -> SentText.newKey(text, KNOWN));
      refusedWell(() -> SentText.edit(text, KNOWN));
      refusedWell(() -> IfMatch.version(List.of(text)));
      refusedWell(() -> SentText.roll(text));
    }
  },

  POLICY(
      "personal-access-token.max-lifetime=P90D",
      "api-key.prefixes=acme_live##acme_test",
      "trusted-proxies=10.0.0.0/8##::1",
      "existing-keys-enforced-from=2027-01-01T00:00:00Z") {
    @Override
    void take(String text) {
      String[] setting = text.split("=", 2);
      RealmPolicy.of(Map.of(setting[0], setting[setting.length - 1]));
    }
  },

  TOKEN("{\"access_key_id\":\"AbCd\"}", "{\"sub\":\"access_key_id\"}", "a.b.c", "..") {
    @Override
    void take(String text) {
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      MintedClaims.inCompact(text);
      MintedClaims.inCompact("a." + base64.encodeToString(text.getBytes(UTF_8)) + ".c");
    }
  },

  CREDENTIAL("Bearer kcpat_0123", "Basic YWxpY2U6c2VjcmV0", "alice:secret", "secret-token:a:b") {
    @Override
    void take(String text) {
      VerifyText.credential(text);
    }
  },

  DEMAND("acme-api", "orders:read orders:write", "orders:read\norders:write", "api-key") {
    @Override
    void take(String text) {
      VerifyText.demand(text)
          .forEach(answer -> hold(answer.getStatus() == 403, "another answer than a denial"));
    }
  },

  REQUEST("a=b&c=d", "orders/1/../kcpat_0123456789", "Basic YWxpY2U6c2VjcmV0", "Bearer x") {
    @Override
    void take(String text) {
      SentText.search(text);
      FormText.hasKey(text);
    }
  },

  REPORT("{\"keys\":[\"kcpat_0123\"]}", "{\"keys\":[\"a\",\"b\"]}") {
    @Override
    void take(String text) {
      hold(SentText.reported(text).size() <= 1_000, "more keys than allowed");
    }
  },

  TOLD("203.0.113.9", "{\"Referer\":\"https://app.example.com/\",\"Origin\":\"x\"}") {
    @Override
    void take(String text) {
      SentText.told(text, text)
          .ifPresent(facts -> hold(facts.headers().all("none").isEmpty(), "what nobody told"));
    }
  },

  DETAILS("[{\"type\":\"order\",\"actions\":[\"read\"]}]", "[{\"type\":\"x\",\"y\":{}}]") {
    @Override
    void take(String text) {
      SentText.isDetails(text);
    }
  },

  APP("com.example.app", "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33") {
    @Override
    void take(String text) {
      Map<String, List<String>> headers =
          Map.of(
              "x-android-package", List.of(text),
              "x-android-cert", List.of(text),
              "x-ios-bundle-identifier", List.of(text));
      KNOWN.read(SOME_APPS).forEach(app -> app.allows(Facts.headers(headers)));
    }
  },

  SEARCH("Y3JlYXRlZEF0fDE3MDAwMDAwMDAwMDB8MDEyMzQ1Njc4OUFCQ0RFRg", "orders") {
    @Override
    void take(String text) {
      SearchText.read(text);
    }
  },

  PAGE("eyJuYW1lIjoiY2kifQ", "PT24H", "10.0.0.0/8, ::1", "acme-api orders:read", "loader.js") {
    @Override
    void take(String text) {
      PageText.read(text, KNOWN);
      PageFiles.ofTheme("access-keys/" + text);
    }
  },

  FORWARDED("for=203.0.113.7;proto=https, for=\"[2001:db8::1]:80\"", "203.0.113.7, 10.0.0.1:80") {
    @Override
    void take(String text) {
      ForwardedText.clientOf(text)
          .forEach(client -> hold(IpRanges.isAddress(client), "a client that is no address"));
    }
  };

  private static final String SOME_REFERRER =
      "[{\"type\":\"referrer\",\"allow\":[\"*.example.com/a\",\"https://example.com:*\"]}]";

  private static final String SOME_APPS =
      "[{\"type\":\"ios\",\"allow\":[\"com.example.App\"]},{\"type\":\"android\",\"allow\":"
          + "[{\"packageName\":\"a.b\",\"sha1Fingerprint\":\"0123456789012345678901234567890123456789\"}]}]";

  private static final Restrictions KNOWN =
      Restrictions.of(
          List.of(
              new IpRestrictionType(),
              new ReferrerRestrictionType(),
              new ClientRestrictionType(),
              new AndroidRestrictionType(),
              new IosRestrictionType()));

  private static final LegacyTexts LEGACY_TEXTS =
      new LegacyTexts(Set.of("sk_live_"), Optional.of(20), Optional.empty(), Optional.empty());

  private static final KeyPrefixes PREFIXES = new KeyPrefixes(Set.of("kcpat", "acme_live"));

  // A copy that nobody can change, which the type does not say.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> seeds;

  Target(String... seeds) {
    this.seeds = List.of(seeds);
  }

  /** Reads the text; throws what is a find. */
  abstract void take(String text);

  List<String> seeds() {
    return seeds;
  }

  /** Something that reads a body. */
  @FunctionalInterface
  private interface Reading {
    void read() throws InvalidRequestException;
  }

  private static void refusedWell(Reading reading) {
    try {
      reading.read();
    } catch (InvalidRequestException | ProblemException e) {
      hold(e.getMessage() != null, "refused for no reason");
    }
  }

  private static IpRanges ranges(String text) {
    try {
      return IpRanges.of(List.of(text), List.of(), "field");
    } catch (InvalidRestrictionException e) {
      throw new AssertionError("a range that cannot be read", e);
    }
  }

  private static void hold(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
