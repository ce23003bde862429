package io.accesskeys.rest.admin;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.policy.RealmPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules by which a scanner of source code finds this realm's keys, in the format of gitleaks. What
 * they match ends with a checksum, so that a find can be told from a likeness without asking us.
 */
final class ScannerRules {

  private static final String RULE =
      """
      [[rules]]
      id = "access-key-%s"
      description = "%s"
      regex = '\\b%s_[0-9A-Za-z]{%d}\\b'
      keywords = ["%s_"]
      """;

  private ScannerRules() {}

  /**
   * A configuration file for gitleaks, in TOML, with a rule for each prefix of the realm.
   *
   * @param realmName what the rules are named after
   */
  static String gitleaks(String realmName, RealmPolicy policy) {
    String title = "title = " + quoted("Access keys of the realm " + realmName) + "\n";
    Map<String, KeyKind> prefixes = new LinkedHashMap<>();
    Stream.of(KeyKind.values())
        .forEach(
            kind ->
                policy.of(kind).prefixes().forEach(prefix -> prefixes.putIfAbsent(prefix, kind)));
    return Stream.concat(
            Stream.of(title),
            prefixes.entrySet().stream().map(entry -> rule(entry.getValue(), entry.getKey())))
        .collect(Collectors.joining("\n"));
  }

  /** Prefixes are lower-case letters, digits and underscores: nothing in them needs quoting. */
  private static String rule(KeyKind kind, String prefix) {
    return RULE.formatted(
        prefix.replace('_', '-'), kind.label(), prefix, KeyText.BODY_LENGTH, prefix);
  }

  /** A basic string of TOML. */
  private static String quoted(String text) {
    return '"' + text.replaceAll("[\\\\\"\\p{Cntrl}]", "_") + '"';
  }
}
