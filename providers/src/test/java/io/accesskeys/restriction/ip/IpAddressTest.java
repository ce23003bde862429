package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.3.4               | 1.2.3.4                                  | 32
          0.0.0.0               | 0.0.0.0                                  | 32
          255.255.255.255       | 255.255.255.255                          | 32
          ::                    | 0:0:0:0:0:0:0:0                          | 128
          ::1                   | 0000:0000:0000:0000:0000:0000:0000:0001  | 128
          1::                   | 1:0:0:0:0:0:0:0                          | 128
          2001:DB8::A:b         | 2001:db8:0:0:0:0:a:b                     | 128
          1:2:3:4:5:6:7::       | 1:2:3:4:5:6:7:0                          | 128
          ::2:3:4:5:6:7:8       | 0:2:3:4:5:6:7:8                          | 128
          1:2:3::5:6:7:8        | 1:2:3:0:5:6:7:8                          | 128
          1:2:3:4:5:6:1.2.3.4   | 1:2:3:4:5:6:102:304                      | 128
          ::1.2.3.4             | ::102:304                                | 128
          64:ff9b::1.2.3.4      | 64:ff9b:0:0:0:0:102:304                  | 128
          ::ffff:1.2.3.4        | 1.2.3.4                                  | 32
          ::FFFF:102:304        | 1.2.3.4                                  | 32
          0:0:0:0:0:ffff:102:304| 1.2.3.4                                  | 32
          0::ffff:1.2.3.4       | 1.2.3.4                                  | 32
          ::ffff:0:0            | 0.0.0.0                                  | 32
          ::fffe:102:304        | 0:0:0:0:0:fffe:102:304                   | 128
          ::ff:102:304          | 0:0:0:0:0:ff:102:304                     | 128
          ::ff00:102:304        | 0:0:0:0:0:ff00:102:304                   | 128
          ::ffff:0:102:304      | 0:0:0:0:ffff:0:102:304                   | 128
          ::1:ffff:1.2.3.4      | 0:0:0:0:1:ffff:102:304                   | 128
          1::ffff:1.2.3.4       | 1:0:0:0:0:ffff:102:304                   | 128
          """)
  void twoSpellingsAreOneAddress(String one, String other, int bits) {
    assertThat(read(one).bits()).isEqualTo(bits);
    assertThat(read(other).bits()).isEqualTo(bits);
    assertThat(read(one)).isEqualTo(read(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "...",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..3.4",
        "1.2.3.256",
        "1.2.3.999",
        "1.2.3.1000",
        "1.2.3.-4",
        "1.2.3.+4",
        "-1.2.3.4",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.004",
        "00.0.0.0",
        "0x1.2.3.4",
        "0x01020304",
        "1.2.3.0x4",
        "0177.0.0.1",
        "16909060",
        "1.2.772",
        "1.2.3.a",
        "a.b.c.d",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1.2.3.4\u0000",
        "1.2.3.4/32",
        "1.2.3.4,5.6.7.8",
        "1.2.3.4:80",
        "1。2。3。4",
        "１.2.3.4",
        "١.٢.٣.٤",
        "unknown",
        "_hidden",
        "localhost",
        "example.org",
        "a.b",
        "dead.beef",
        ":",
        ":::",
        "::::",
        ":1",
        "1:",
        ":1:2:3:4:5:6:7",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:",
        "1:2:3:4:5:6:7:8:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8::",
        "1::2::3",
        "::1::",
        "1:::2",
        "12345::",
        "::00001",
        "::g",
        "::-1",
        "::+1",
        "::1 ",
        " ::1",
        "::１",
        "::1/128",
        "::1%eth0",
        "fe80::1%eth0",
        "fe80::1%1",
        "fe80::%",
        "[::1]",
        "[::1]:443",
        "[1.2.3.4]",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.256",
        "::01.2.3.4",
        "::1.2.3.4:5",
        "1.2.3.4::",
        "1.2.3.4::1",
        "1.2.3.4::5.6.7.8",
        "1:1.2.3.4::5:6",
        "1.2.3.4:5:6:7:8:9:a",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
        "::1:2:3:4:5:6:1.2.3.4",
        "::ffff:1.2.3.4%1",
        "::ffff:0x1.2.3.4",
        "::ffff:example.org"
      })
  void textThatIsNoLiteralIsRefused(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void textOfAMegabyteIsRefused() {
    for (String piece : new String[] {"1", ".", ":", "::", "1.", "1:", "a.", "%", "\u0000"}) {
      assertThat(IpAddress.parse(piece.repeat(1 << 20))).as(piece).isEmpty();
    }
  }

  @Test
  void hostBitsAreSeenBitByBit() {
    for (int bit = 0; bit < 32; bit++) {
      IpAddress one = read(dotted(1 << (31 - bit)));
      for (int length = 0; length <= 32; length++) {
        assertThat(one.isNetwork(length)).isEqualTo(length > bit);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0, 255.255.255.255",
    "10.0.0.0, 8, 10.255.255.255",
    "10.0.0.1, 32, 10.0.0.1",
    "::, 0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::, 32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::, 63, 2001:db8:0:1:ffff:ffff:ffff:ffff",
    "2001:db8::, 64, 2001:db8:0:0:ffff:ffff:ffff:ffff",
    "2001:db8::, 65, 2001:db8:0:0:7fff:ffff:ffff:ffff",
    "2001:db8::1, 128, 2001:db8::1"
  })
  void aNetworkEndsWhereItsHostBitsAreSet(String network, int length, String last) {
    assertThat(read(network).lastOf(length)).isEqualTo(read(last));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.1",
    "10.255.255.255, 11.0.0.0",
    "::, ::1",
    "::ffff:ffff:ffff:ffff, ::1:0:0:0:0",
    "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 8000::"
  })
  void addressesFollowEachOtherByNumber(String address, String next) {
    assertThat(read(address).next()).contains(read(next));
    assertThat(read(address)).isLessThan(read(next));
  }

  @ParameterizedTest
  @ValueSource(strings = {"255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
  void nothingFollowsTheLastAddress(String last) {
    assertThat(read(last).next()).isEmpty();
  }

  private static IpAddress read(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new AssertionError(text));
  }

  private static String dotted(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
