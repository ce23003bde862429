package io.accesskeys.it.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.key.KeyText;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.zip.CRC32;

/** What is presented in place of a good key: ways to spoil it, a few of which leave it good. */
public record FuzzText(String name, BiFunction<String, SecureRandom, String> change) {

  private static final int CHECKSUM = 6;
  private static final int BODY = 65;
  private static final List<String> STRANGE =
      List.of(
          "\0",
          "\r\n",
          "\n",
          "\t",
          " ",
          "\u0007",
          "\u001f",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u200b",
          "\u2003",
          "\ufeff",
          "\u212a",
          "\u0131",
          "\uff21",
          "\uff10",
          "\ud800",
          "\udc00",
          "\ud83d\udd11",
          "e\u0301",
          "%00",
          "%0d%0a",
          "'",
          "\"",
          "\\",
          ";",
          ",",
          "&",
          "=",
          ":",
          "/",
          "..",
          "*",
          "%",
          "${x}",
          "<",
          "\u202e");
  private static final List<String> GARBAGE =
      List.of(
          "",
          " ",
          "null",
          "undefined",
          "true",
          "0",
          "-1",
          "{}",
          "[]",
          "{\"a\":",
          "[[[[[[",
          "____",
          "kcpat_",
          "kcak_",
          "kccs_",
          "secret-token:",
          "Bearer",
          "Basic",
          ".",
          "..",
          "...",
          "a.b.c",
          "a.b.c.d.e",
          "eyJhbGciOiJub25lIn0.e30.",
          "eyJhbGciOiJub25lIn0..",
          "' OR '1'='1",
          "%s%n",
          "../../etc/passwd",
          "${jndi:ldap://127.0.0.1/x}",
          "\ud800\udc00\udc00",
          "\0\0\0");
  private static final List<String> PREFIXES =
      List.of(
          "kcak", "kccs", "kcpat", "KCPAT", "acme_live", "x", "", "kcpat_", "a".repeat(24), "ab");

  /** All of them. */
  static final List<FuzzText> ALL =
      List.of(
          of("a bit flipped", FuzzText::bitFlipped),
          of("truncated", (key, random) -> key.substring(0, random.nextInt(key.length()))),
          of(
              "its start cut off",
              (key, random) -> key.substring(1 + random.nextInt(key.length() - 1))),
          of("lengthened", (key, random) -> key + key.charAt(random.nextInt(key.length()))),
          of("the case of a letter", FuzzText::caseFlipped),
          of("in upper case", (key, random) -> key.toUpperCase(Locale.ROOT)),
          of("in lower case", (key, random) -> key.toLowerCase(Locale.ROOT)),
          of("two characters swapped", FuzzText::swapped),
          of("another prefix", (key, random) -> one(PREFIXES, random) + "_" + body(key)),
          of(
              "another prefix and its checksum",
              (key, random) -> checked(one(PREFIXES, random) + "_" + unchecked(key))),
          of("another secret", FuzzText::otherSecret),
          of("another id", FuzzText::otherId),
          of(
              "a bit flipped and its checksum",
              (key, random) ->
                  checked(
                      bitFlipped(key.substring(0, Math.max(1, key.length() - CHECKSUM)), random))),
          of(
              "another checksum",
              (key, random) ->
                  key.substring(0, Math.max(0, key.length() - CHECKSUM)) + "0".repeat(CHECKSUM)),
          of(
              "something strange in it",
              (key, random) -> inserted(key, one(STRANGE, random), random)),
          of("something strange in front", (key, random) -> one(STRANGE, random) + key),
          of("something strange behind", (key, random) -> key + one(STRANGE, random)),
          of("something strange in place of a character", FuzzText::replaced),
          of("garbage", (key, random) -> one(GARBAGE, random)),
          of("random characters", (key, random) -> random(random, 1 + random.nextInt(200))),
          of("twice", (key, random) -> key + key),
          of("8 thousand long", (key, random) -> key + "A".repeat(8_000)),
          of("64 thousand long", (key, random) -> "A".repeat(64_000) + key),
          of("as base64", (key, random) -> Base64.getEncoder().encodeToString(key.getBytes(UTF_8))),
          of("percent-encoded", (key, random) -> percent(key, random.nextInt(key.length()))),
          of("quoted", (key, random) -> "\"" + key + "\""),
          of("as JSON", (key, random) -> "{\"key\":\"" + key + "\"}"),
          of("as a secret token", (key, random) -> "secret-token:" + key),
          of("as a secret token twice", (key, random) -> "secret-token:secret-token:" + key),
          of("as a SECRET-TOKEN", (key, random) -> "SECRET-TOKEN:" + key),
          of("as a JWT of no algorithm", (key, random) -> unsigned("{\"jti\":\"" + key + "\"}")),
          of("its claims altered", FuzzText::altered),
          of("its signature gone", (key, random) -> key.substring(0, key.lastIndexOf('.') + 1)),
          of("untouched", (key, random) -> key));

  /** Once in a while: it takes the server a while to read. */
  static final FuzzText HUGE = of("a million long", (key, random) -> key + "A".repeat(1_000_000));

  private static FuzzText of(String name, BiFunction<String, SecureRandom, String> change) {
    return new FuzzText(name, change);
  }

  String of(String key, SecureRandom random) {
    return change.apply(key, random);
  }

  static <T> T one(List<T> of, SecureRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  /** This, as a key would be if its last characters were right. */
  public static String checked(String unchecked) {
    String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    CRC32 crc = new CRC32();
    crc.update(unchecked.getBytes(StandardCharsets.US_ASCII));
    StringBuilder checksum = new StringBuilder();
    for (long rest = crc.getValue(); checksum.length() < CHECKSUM; rest /= digits.length()) {
      checksum.insert(0, digits.charAt((int) (rest % digits.length())));
    }
    return unchecked + checksum;
  }

  private static String body(String key) {
    return key.substring(Math.max(0, key.length() - BODY));
  }

  private static String unchecked(String key) {
    String body = body(key);
    return body.substring(0, Math.max(0, body.length() - CHECKSUM));
  }

  private static String bitFlipped(String key, SecureRandom random) {
    int at = random.nextInt(key.length());
    char flipped = (char) (key.charAt(at) ^ (1 << random.nextInt(7)));
    return key.substring(0, at) + flipped + key.substring(at + 1);
  }

  private static String caseFlipped(String key, SecureRandom random) {
    int at = random.nextInt(key.length());
    char c = key.charAt(at);
    char other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
    return key.substring(0, at) + other + key.substring(at + 1);
  }

  private static String swapped(String key, SecureRandom random) {
    int at = random.nextInt(key.length() - 1);
    return key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
  }

  private static String otherSecret(String key, SecureRandom random) {
    return KeyText.parse(key)
        .map(text -> KeyText.generate(text.prefix(), text.id(), random).reveal())
        .orElse(key + "x");
  }

  private static String otherId(String key, SecureRandom random) {
    return KeyText.parse(key)
        .map(
            text ->
                checked(
                    text.prefix()
                        + "_"
                        + KeyText.generate("ab", random).id()
                        + unchecked(key).substring(KeyText.ID_LENGTH)))
        .orElse("x" + key);
  }

  private static String inserted(String key, String what, SecureRandom random) {
    int at = random.nextInt(key.length());
    return key.substring(0, at) + what + key.substring(at);
  }

  private static String replaced(String key, SecureRandom random) {
    int at = random.nextInt(key.length());
    return key.substring(0, at) + one(STRANGE, random) + key.substring(at + 1);
  }

  private static String random(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80));
    }
    return text.toString();
  }

  private static String percent(String key, int at) {
    return key.substring(0, at)
        + String.format("%%%02X", (int) key.charAt(at))
        + key.substring(at + 1);
  }

  private static String altered(String key, SecureRandom random) {
    String[] parts = key.split("\\.", -1);
    if (parts.length != 3) {
      return unsigned("{\"sub\":\"alice\"}");
    }
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    int at = random.nextInt(claims.length());
    String other =
        claims.substring(0, at) + (claims.charAt(at) == '1' ? '2' : '1') + claims.substring(at + 1);
    return parts[0] + "." + base64(other) + "." + parts[2];
  }

  private static String unsigned(String claims) {
    return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
