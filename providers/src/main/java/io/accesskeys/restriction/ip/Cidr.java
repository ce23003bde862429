package io.accesskeys.restriction.ip;

import java.util.Optional;

/**
 * A range of addresses in CIDR notation (RFC 4632), or one address.
 *
 * @param network its first address
 * @param length how many leading bits are fixed
 */
record Cidr(IpAddress network, int length) {

  /** Reads {@code 203.0.113.0/24}, {@code 2001:db8::/32} or a literal; host bits must be zero. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return IpAddress.parse(text).map(address -> new Cidr(address, address.bits()));
    }
    String digits = text.substring(slash + 1);
    if (!digits.matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    String literal = text.substring(0, slash);
    return IpAddress.parse(literal)
        // 128 counted bits of a mapped address are 32 of the IPv4 address it is.
        .map(address -> new Cidr(address, mappedLength(literal, address, Integer.parseInt(digits))))
        .filter(cidr -> cidr.length >= 0 && cidr.length <= cidr.network.bits())
        .filter(cidr -> cidr.network.isNetwork(cidr.length));
  }

  /** The first address behind it; empty if it reaches to the last one. */
  Optional<IpAddress> end() {
    return network.lastOf(length).next();
  }

  private static int mappedLength(String literal, IpAddress address, int written) {
    return literal.indexOf(':') >= 0 && address.bits() == 32 ? written - 96 : written;
  }
}
