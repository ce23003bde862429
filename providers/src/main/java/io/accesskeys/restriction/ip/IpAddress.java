package io.accesskeys.restriction.ip;

import java.util.Arrays;
import java.util.Optional;

/**
 * A literal IPv4 or IPv6 address. Host names are not addresses, and nothing here ever asks the DNS.
 * An IPv4-mapped IPv6 address ({@code ::ffff:1.2.3.4}) is the IPv4 address.
 */
final class IpAddress {

  private static final int V6_GROUPS = 8;

  /** Eight groups, the last two as a dotted quad: nothing longer is worth reading. */
  private static final int MAX_LENGTH = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a literal: dotted quad in plain decimal without leading zeros, or RFC 4291 text. No
   * zones, brackets or ports.
   */
  static Optional<IpAddress> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (text.indexOf(':') < 0) {
      return Optional.ofNullable(parseV4(text)).map(IpAddress::new);
    }
    return Optional.ofNullable(parseV6(text)).map(IpAddress::canonical);
  }

  /** Width of the address: 32 or 128. */
  int bits() {
    return bytes.length * Byte.SIZE;
  }

  /**
   * Whether the first {@code length} bits of both are the same; addresses of two families never.
   */
  boolean sharesPrefix(IpAddress other, int length) {
    if (bytes.length != other.bytes.length) {
      return false;
    }
    int whole = length / Byte.SIZE;
    if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) {
      return false;
    }
    int rest = length % Byte.SIZE;
    return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> (Byte.SIZE - rest) == 0;
  }

  /** Whether every bit from {@code length} on is zero. */
  boolean isNetwork(int length) {
    for (int bit = length; bit < bits(); bit++) {
      if ((bytes[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE))) != 0) {
        return false;
      }
    }
    return true;
  }

  private static IpAddress canonical(byte[] v6) {
    for (int i = 0; i < 10; i++) {
      if (v6[i] != 0) {
        return new IpAddress(v6);
      }
    }
    boolean mapped = v6[10] == (byte) 0xff && v6[11] == (byte) 0xff;
    return new IpAddress(mapped ? Arrays.copyOfRange(v6, 12, 16) : v6);
  }

  private static byte[] parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int value = number(parts[i], 10, 3);
      if (value < 0 || value > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte[] parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = parseGroups(text);
      return all != null && all.length == V6_GROUPS * 2 ? all : null;
    }
    String front = text.substring(0, gap);
    // A dotted quad may only end the address: "1.2.3.4::" has it in front of the gap.
    byte[] head = front.indexOf('.') < 0 ? parseGroups(front) : null;
    byte[] tail = parseGroups(text.substring(gap + 2));
    if (head == null || tail == null || head.length + tail.length > (V6_GROUPS - 1) * 2) {
      return null;
    }
    byte[] all = Arrays.copyOf(head, V6_GROUPS * 2);
    System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
    return all;
  }

  private static byte[] parseGroups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] groups = text.split(":", -1);
    byte[] last =
        groups[groups.length - 1].indexOf('.') < 0 ? null : parseV4(groups[groups.length - 1]);
    int hex = last == null ? groups.length : groups.length - 1;
    if (hex > V6_GROUPS) {
      return null;
    }
    byte[] bytes = new byte[hex * 2 + (last == null ? 0 : last.length)];
    for (int i = 0; i < hex; i++) {
      int value = number(groups[i], 16, 4);
      if (value < 0) {
        return null;
      }
      bytes[i * 2] = (byte) (value >> Byte.SIZE);
      bytes[i * 2 + 1] = (byte) value;
    }
    if (last != null) {
      System.arraycopy(last, 0, bytes, hex * 2, last.length);
    }
    return bytes;
  }

  /** 1 to {@code maxDigits} ASCII digits of this radix; -1 for anything else, signs included. */
  private static int number(String text, int radix, int maxDigits) {
    if (text.isEmpty() || text.length() > maxDigits) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
