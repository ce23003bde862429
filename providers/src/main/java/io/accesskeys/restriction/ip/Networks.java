package io.accesskeys.restriction.ip;

import java.util.Optional;

/** The network that an address is in, as far as it is worth keeping: it names no one machine. */
public final class Networks {

  private Networks() {}

  /**
   * The network of an address.
   *
   * @param address a literal
   * @return its /24 if it is IPv4, its /48 if it is IPv6; empty if it is no literal address
   */
  public static Optional<String> of(String address) {
    return IpAddress.parse(address).map(Networks::text);
  }

  private static String text(IpAddress address) {
    if (address.bits() == Integer.SIZE) {
      long network = address.low();
      return part(network, 24, 0xff)
          + "."
          + part(network, 16, 0xff)
          + "."
          + part(network, 8, 0xff)
          + ".0/24";
    }
    long high = address.high();
    return group(high, 48) + ":" + group(high, 32) + ":" + group(high, 16) + "::/48";
  }

  private static String group(long number, int from) {
    return Long.toHexString(part(number, from, 0xffff));
  }

  private static long part(long number, int from, long mask) {
    return (number >>> from) & mask;
  }
}
