package io.accesskeys.restriction.ip;

import java.util.Arrays;
import java.util.Optional;

/**
 * A literal IPv4 or IPv6 address. Host names are not addresses, and nothing here ever asks the DNS.
 * An IPv4-mapped IPv6 address ({@code ::ffff:1.2.3.4}) is the IPv4 address.
 *
 * @param high the upper 64 bits of 128; 0 for IPv4
 * @param low the lower 64 bits; for IPv4 the last 32 of them
 * @param bits the width of the address: 32 or 128
 */
record IpAddress(long high, long low, int bits) implements Comparable<IpAddress> {

  private static final int V6_GROUPS = 8;
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  /** Eight groups, the last two as a dotted quad: nothing longer is worth reading. */
  private static final int MAX_LENGTH = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

  /** What IPv4-mapped addresses have in front of the last 32 bits. */
  private static final long MAPPED = 0xffffL;

  /**
   * Reads a literal: dotted quad in plain decimal without leading zeros, or RFC 4291 text. No
   * zones, brackets or ports.
   */
  static Optional<IpAddress> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (text.indexOf(':') < 0) {
      return Optional.ofNullable(parseV4(text)).map(v4 -> v4(number(v4)));
    }
    return Optional.ofNullable(parseV6(text)).map(IpAddress::canonical);
  }

  /** By number; addresses of one family only. */
  @Override
  public int compareTo(IpAddress other) {
    int highs = Long.compareUnsigned(high, other.high);
    return highs != 0 ? highs : Long.compareUnsigned(low, other.low);
  }

  /** Whether every bit from {@code length} on is zero. */
  boolean isNetwork(int length) {
    return (high & highHost(length)) == 0 && (low & lowHost(length)) == 0;
  }

  /** The address with every bit from {@code length} on set. */
  IpAddress lastOf(int length) {
    return new IpAddress(high | highHost(length), low | lowHost(length), bits);
  }

  /** The address after this; empty after the last one. */
  Optional<IpAddress> next() {
    if (equals(lastOf(0))) {
      return Optional.empty();
    }
    return Optional.of(new IpAddress(low == -1 ? high + 1 : high, low + 1, bits));
  }

  private long highHost(int length) {
    return ones(V6_BITS - bits + length);
  }

  private long lowHost(int length) {
    return ones(Math.max(V6_BITS - bits + length - Long.SIZE, 0));
  }

  /** A number whose bits are set but for the first ones. */
  private static long ones(int unset) {
    return unset >= Long.SIZE ? 0 : -1L >>> unset;
  }

  private static IpAddress v4(long number) {
    return new IpAddress(0, number, V4_BITS);
  }

  private static IpAddress canonical(byte[] v6) {
    long high = number(Arrays.copyOf(v6, Long.BYTES));
    long low = number(Arrays.copyOfRange(v6, Long.BYTES, v6.length));
    return high == 0 && low >>> V4_BITS == MAPPED
        ? v4(low & ones(V4_BITS))
        : new IpAddress(high, low, V6_BITS);
  }

  private static long number(byte[] bytes) {
    long number = 0;
    for (byte part : bytes) {
      number = (number << Byte.SIZE) | (part & 0xff);
    }
    return number;
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
