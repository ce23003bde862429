package io.accesskeys.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a header is sure to be an address. */
final class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9",
    "203.0.113.9:4711, 203.0.113.9",
    "203.0.113.9:0, 203.0.113.9",
    "2001:db8::1, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "[2001:db8::1]:4711, 2001:db8::1",
    "::ffff:203.0.113.9, ::ffff:203.0.113.9",
    "[::ffff:203.0.113.9]:4711, ::ffff:203.0.113.9",
    "::1, ::1",
  })
  void isTakenOutOfBracketsAndFromBeforeAPort(String text, String literal) {
    assertThat(AddressText.literal(text)).contains(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "localhost",
        "inside.test",
        "inside.test:80",
        "203.0.113",
        "203.0.113.9:",
        "203.0.113.9:port",
        "203.0.113.9:123456",
        "203.0.113.9:80:80",
        "203.0.113.009",
        "203.0.113.9 198.51.100.1",
        "3405803785",
        "0xcb007109",
        "[203.0.113.9]",
        "[203.0.113.9]:80",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]80",
        "[2001:db8::1]:",
        "[2001:db8::1]:123456",
        "[[2001:db8::1]]",
        "[]",
        "[:]",
        "2001:db8:0:0:0:0:0:1:4711",
        "fe80::1%eth0",
        "[fe80::1%25eth0]:80",
        "\"2001:db8::1\"",
      })
  void anythingElseIsUnknown(String text) {
    assertThat(AddressText.literal(text)).isEmpty();
  }
}
