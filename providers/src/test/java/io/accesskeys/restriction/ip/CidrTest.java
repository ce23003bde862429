package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 32, 0",
    "128.0.0.0/1, 32, 1",
    "10.128.0.0/9, 32, 9",
    "203.0.113.0/24, 32, 24",
    "203.0.113.6/31, 32, 31",
    "203.0.113.7/32, 32, 32",
    "203.0.113.7, 32, 32",
    "::/0, 128, 0",
    "8000::/1, 128, 1",
    "2001:db8::/32, 128, 32",
    "2001:db8::/127, 128, 127",
    "::1/128, 128, 128",
    "::1, 128, 128",
    "::ffff:0:0/96, 32, 0",
    "::ffff:1.2.3.0/120, 32, 24",
    "::ffff:1.2.3.4/128, 32, 32",
    "::ffff:1.2.3.4, 32, 32"
  })
  void rangeOrAddressIsRead(String text, int bits, int length) {
    assertThat(Cidr.parse(text))
        .hasValueSatisfying(
            cidr -> {
              assertThat(cidr.network().bits()).isEqualTo(bits);
              assertThat(cidr.length()).isEqualTo(length);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/0",
        "/24",
        "1.2.3.0/",
        "1.2.3.4/24",
        "1.2.3.1/31",
        "0.0.0.1/0",
        "1.2.3.0/33",
        "1.2.3.0/128",
        "1.2.3.0/-1",
        "1.2.3.0/+8",
        "1.2.3.0/024",
        "0.0.0.0/00",
        "1.2.3.0/24/24",
        "1.2.3.0//24",
        "1.2.3.0/255.255.255.0",
        "1.2.3.0/0x18",
        "1.2.3.0/24 ",
        " 1.2.3.0/24",
        "1.2.3.0 /24",
        "1.2.3.0/ 24",
        "1.2.3.0/２４",
        "0.0.0.0/999",
        "0.0.0.0/4294967296",
        "1.2.3/24",
        "1.2.3.*",
        "1.2.3.0-1.2.3.9",
        "example.org/24",
        "example.org",
        "::/129",
        "::/-1",
        "::1/127",
        "2001:db8::1/64",
        "[::]/0",
        "fe80::%eth0/64",
        "::ffff:1.2.3.0/24",
        "::ffff:0.0.0.0/0",
        "::ffff:0:0/95",
        "::ffff:1.2.3.4/120",
        "::ffff:0:0/129",
        "1.2.3.4::1/128"
      })
  void anythingElseIsRefused(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }
}
