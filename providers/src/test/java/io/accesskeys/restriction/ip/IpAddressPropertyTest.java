package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.restriction.InvalidRestrictionException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares with Java's own reading of literals, {@link InetAddress}. Only literals are given to it,
 * so that it never asks the DNS.
 */
@Tag("many")
final class IpAddressPropertyTest {

  private static final int PAIRS = 100_000;
  private static final int SETS = 4_000;
  private static final int ADDRESSES_PER_SET = 250;
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|[:.])0[0-9a-fA-F]");
  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

  private final long seed = SeededRandom.seed();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void rangesContainWhatTheirBitsSay() throws UnknownHostException, InvalidRestrictionException {
    int inside = 0;
    for (int i = 0; i < PAIRS; i++) {
      byte[] network = randomAddress();
      int bits = network.length * 8;
      int length = random.nextInt(bits + 1);
      BigInteger prefix = number(network).shiftRight(bits - length).shiftLeft(bits - length);
      String cidr = spelled(bytes(prefix, network.length)) + '/' + length;
      byte[] other = random.nextInt(8) == 0 ? randomAddress() : neighbour(prefix, bits, length);
      String address = spelled(other);

      byte[] reference = InetAddress.getAllByName(address)[0].getAddress();
      byte[] start = InetAddress.getAllByName(cidr.substring(0, cidr.indexOf('/')))[0].getAddress();
      boolean expected =
          reference.length == start.length
              && number(reference)
                  .shiftRight(bits - length)
                  .equals(number(start).shiftRight(bits - length));
      IpRanges range = IpRanges.of(List.of(mappedLength(cidr)), List.of(), "");
      same(expected, range.contains(address), address, cidr);
      inside += expected ? 1 : 0;
    }
    assertThat(inside).as("-Dseed=%d", seed).isBetween(PAIRS / 4, 3 * PAIRS / 4);
  }

  /** A million look-ups in sets of overlapping ranges and exceptions, which are near each other. */
  @Test
  void whatIsInASetIsInARangeAndInNoException() throws InvalidRestrictionException {
    int inside = 0;
    for (int i = 0; i < SETS; i++) {
      List<Range> allow = ranges(1 + random.nextInt(12));
      List<Range> not = ranges(random.nextInt(8));
      IpRanges set = IpRanges.of(texts(allow), texts(not), "");
      for (int j = 0; j < ADDRESSES_PER_SET; j++) {
        byte[] address = near(random.nextBoolean() ? 4 : 16);
        boolean expected =
            allow.stream().anyMatch(range -> range.contains(address))
                && not.stream().noneMatch(range -> range.contains(address));
        if (set.contains(plain(address)) != expected) {
          throw new AssertionError(
              "-Dseed=%d: %s in %s but not %s should be %s"
                  .formatted(seed, plain(address), texts(allow), texts(not), expected));
        }
        inside += expected ? 1 : 0;
      }
    }
    int all = SETS * ADDRESSES_PER_SET;
    assertThat(inside).as("-Dseed=%d", seed).isBetween(all / 10, 9 * all / 10);
  }

  /** A range as the reference has it: bits of a number that are compared one by one. */
  private record Range(BigInteger network, int bits, int length) {

    boolean contains(byte[] address) {
      return address.length * 8 == bits
          && number(address).shiftRight(bits - length).equals(network.shiftRight(bits - length));
    }

    @Override
    public String toString() {
      return plain(bytes(network, bits / 8)) + '/' + length;
    }
  }

  private List<Range> ranges(int count) {
    return Stream.generate(this::range).limit(count).toList();
  }

  private Range range() {
    byte[] address = near(random.nextBoolean() ? 4 : 16);
    int bits = address.length * 8;
    int length = random.nextInt(10) == 0 ? random.nextInt(bits + 1) : bits - random.nextInt(9);
    BigInteger network = number(address).shiftRight(bits - length).shiftLeft(bits - length);
    return new Range(network, bits, length);
  }

  private static List<String> texts(List<Range> ranges) {
    return ranges.stream().map(Range::toString).toList();
  }

  /** One of few hundred addresses, those at the ends of the number range among them. */
  private byte[] near(int size) {
    byte[] address = new byte[size];
    Arrays.fill(address, (byte) (random.nextInt(3) - 1));
    address[size - 1] = (byte) random.nextInt(256);
    address[size - 2] ^= (byte) random.nextInt(2);
    return address;
  }

  @Test
  void rangesWithHostBitsAreRefused() throws UnknownHostException {
    for (int i = 0; i < PAIRS; i++) {
      byte[] address = randomAddress();
      int bits = address.length * 8;
      int length = random.nextInt(bits + 1);
      String cidr = mappedLength(spelled(address) + '/' + length);
      boolean network =
          number(address).getLowestSetBit() >= bits - length || number(address).signum() == 0;
      same(network, Cidr.parse(cidr).isPresent(), cidr);
    }
  }

  /** Anything made of an address's characters: what we read, Java reads, and as the same. */
  @Test
  void whatIsReadIsWhatJavaReads() {
    int read = 0;
    for (int i = 0; i < 2 * PAIRS; i++) {
      String text = scribble();
      Optional<IpAddress> ours = IpAddress.parse(text);
      Optional<byte[]> theirs = javaReads(text);
      // Java is laxer about leading zeros; without them, both must agree.
      if (ours.isPresent() || !LEADING_ZERO.matcher(text).find()) {
        same(theirs.isPresent(), ours.isPresent(), text);
      }
      if (ours.isPresent()) {
        String spelled = plain(theirs.orElseThrow());
        same(true, ours.get().equals(read(spelled)), text, spelled);
        read++;
      }
    }
    assertThat(read).as("-Dseed=%d: how many were addresses", seed).isGreaterThan(1000);
  }

  /** Without AssertJ, which would take most of the time here. */
  private void same(boolean expected, boolean actual, String... texts) {
    if (expected != actual) {
      throw new AssertionError(
          "-Dseed=" + seed + ": " + String.join(" in ", texts) + " should be " + expected);
    }
  }

  private byte[] neighbour(BigInteger prefix, int bits, int length) {
    BigInteger host = BigInteger.ZERO;
    for (int bit = 0; bit < bits - length; bit++) {
      host = random.nextBoolean() ? host.setBit(bit) : host;
    }
    BigInteger address = prefix.or(host);
    boolean flip = length > 0 && random.nextBoolean();
    return bytes(flip ? address.flipBit(bits - 1 - random.nextInt(length)) : address, bits / 8);
  }

  private byte[] randomAddress() {
    byte[] address = new byte[random.nextBoolean() ? 4 : 16];
    int zerosFrom = random.nextInt(address.length + 1);
    int zerosTo = zerosFrom + random.nextInt(address.length + 1 - zerosFrom);
    for (int i = 0; i < address.length; i++) {
      boolean zero = i >= zerosFrom && i < zerosTo;
      address[i] = (byte) (zero ? 0 : random.nextInt(3) == 0 ? 255 : random.nextInt(256));
    }
    if (address.length == 16 && number(address).shiftRight(32).equals(MAPPED)) {
      // That would be an IPv4 address; those come from the other branch.
      address[0] = 1;
    }
    return address;
  }

  /** One of the ways to write it. */
  private String spelled(byte[] address) throws UnknownHostException {
    if (address.length == 4) {
      String quad = plain(address);
      return switch (random.nextInt(3)) {
        case 0 -> "::ffff:" + quad;
        case 1 -> "0:0:0:0:0:FFFF:" + quad;
        default -> quad;
      };
    }
    String text = plain(address);
    if (random.nextBoolean()) {
      // The first run of zero groups, of any length, as "::".
      text = text.replaceFirst("(^|:)0(:0)*(:|$)", "::");
    }
    return random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text;
  }

  /** The length counted as in IPv6 if that is how the address is written. */
  private static String mappedLength(String cidr) throws UnknownHostException {
    int slash = cidr.indexOf('/');
    String address = cidr.substring(0, slash);
    boolean mapped =
        address.indexOf(':') >= 0 && InetAddress.getAllByName(address)[0].getAddress().length == 4;
    return mapped ? address + '/' + (96 + Integer.parseInt(cidr.substring(slash + 1))) : cidr;
  }

  private String scribble() {
    String[] pieces = {
      "::", ":", ":", ":", ".", "0", "1", "f", "ffff", "ab", "10", "255", "1.2.3.4", "256", "12345"
    };
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "::" : "1:");
    for (int i = random.nextInt(14); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** Only for text with a colon: Java then refuses what is no literal instead of looking it up. */
  private static Optional<byte[]> javaReads(String text) {
    if (text.indexOf(':') < 0) {
      throw new AssertionError("A host name: " + text);
    }
    try {
      return Optional.of(InetAddress.getAllByName(text)[0].getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static String plain(byte[] address) {
    if (address.length == 4) {
      return (address[0] & 255)
          + "."
          + (address[1] & 255)
          + "."
          + (address[2] & 255)
          + "."
          + (address[3] & 255);
    }
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < 16; i += 2) {
      groups
          .append(i == 0 ? "" : ":")
          .append(Integer.toHexString(((address[i] & 255) << 8) | (address[i + 1] & 255)));
    }
    return groups.toString();
  }

  private static IpAddress read(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new AssertionError(text));
  }

  private static BigInteger number(byte[] address) {
    return new BigInteger(1, address);
  }

  private static byte[] bytes(BigInteger number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = number.shiftRight(8 * (size - 1 - i)).byteValue();
    }
    return bytes;
  }
}
