package io.accesskeys.restriction.ip;

import java.util.List;

/**
 * How much of a family of addresses a set takes in. More than half of it is as good as everything:
 * whoever has stolen a key finds an address in it.
 */
final class Coverage {

  private static final int V4_BITS = 32;

  /** All IPv6 addresses that are given to anybody on the internet (RFC 4291, 2.4): 2000::/3. */
  private static final IpAddress GLOBAL = new IpAddress(0x2000L << 48, 0, 128);

  private static final IpAddress GLOBAL_END = new IpAddress(0x4000L << 48, 0, 128);

  private Coverage() {}

  /**
   * Whether a set takes in more than half of the IPv4 addresses, or of the IPv6 addresses that are
   * given to anybody.
   *
   * @param edges where it begins, ends, begins again, and so on, in ascending order
   * @param bits the width of its addresses
   */
  static boolean isMoreThanHalf(List<IpAddress> edges, int bits) {
    IpAddress first = bits == V4_BITS ? new IpAddress(0, 0, bits) : GLOBAL;
    long size = 0;
    for (int i = 0; i < edges.size(); i += 2) {
      long begin = position(edges.get(i), first);
      long end = i + 1 < edges.size() ? position(edges.get(i + 1), first) : whole(bits);
      size += end - begin;
    }
    return size > whole(bits) / 2;
  }

  /** How many addresses there are; for IPv6, networks of 64 bits. */
  private static long whole(int bits) {
    return bits == V4_BITS ? 1L << V4_BITS : GLOBAL_END.high() - GLOBAL.high();
  }

  /** How far an address lies behind the first that counts, and not behind the last. */
  private static long position(IpAddress address, IpAddress first) {
    if (address.bits() == V4_BITS) {
      return address.low();
    }
    if (address.compareTo(first) <= 0) {
      return 0;
    }
    return address.compareTo(GLOBAL_END) >= 0
        ? whole(address.bits())
        : address.high() - first.high();
  }
}
