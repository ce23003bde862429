package io.accesskeys.verification;

import io.accesskeys.restriction.ip.IpRanges;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as proxies write them into headers: perhaps in brackets, perhaps with a port. */
final class AddressText {

  private static final String PORT = "[0-9]{1,5}";
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)](?::" + PORT + ")?");
  private static final Pattern V4_AND_PORT = Pattern.compile("([0-9.]+):" + PORT);

  private AddressText() {}

  /**
   * The bare literal. Empty for all that may be read in two ways or needs to be looked up: names,
   * {@code unknown}, zones, IPv6 with a port but without brackets.
   */
  static Optional<String> literal(String text) {
    Matcher bracketed = BRACKETED.matcher(text);
    Matcher v4 = V4_AND_PORT.matcher(text);
    String bare = bracketed.matches() ? bracketed.group(1) : v4.matches() ? v4.group(1) : text;
    return Optional.of(bare).filter(IpRanges::isAddress);
  }
}
