package io.accesskeys.restriction.ip;

import java.util.Optional;

/**
 * The addresses that one subscriber has: an IPv4 address, or 64 bits of IPv6, of which everybody
 * gets at least as many addresses as there are in a network (RFC 6177).
 *
 * @param high the upper 64 bits; 0 for IPv4
 * @param low the lower 64 bits; 0 for IPv6
 * @param bits the width of its addresses
 */
public record AddressBlock(long high, long low, int bits) {

  private static final int V4_BITS = 32;

  /** The block of an address; empty if the text is none. */
  public static Optional<AddressBlock> of(String address) {
    return IpAddress.parse(address)
        .map(
            one ->
                one.bits() == V4_BITS
                    ? new AddressBlock(0, one.low(), V4_BITS)
                    : new AddressBlock(one.high(), 0, one.bits()));
  }
}
