package io.accesskeys.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2027-01-31T00:00:00Z",
        "2027-01-31T00:00:00.000000001Z",
        "2028-02-29T12:30:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2027-01-31t00:00:00z",
        "2027-01-31T01:30:00+01:30",
      })
  void ofAYearWithFourDigitsAreRead(String text) {
    assertThat(Wished.granted(() -> Instants.parse("at", text))).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "soon",
        "tomorrow",
        "yesterday",
        "2027",
        "2027-01-31",
        "2027-01-31T00:00:00",
        "2027-02-30T00:00:00Z",
        "2027-01-31 00:00:00Z",
        " 2027-01-31T00:00:00Z",
        "1803513600",
        "2027-01-30T24:00:00Z",
        "2027-01-30T24:00:00.000Z",
        "2016-12-31T23:59:60Z",
        "2027-01-30T23:59:60Z",
        "2027-01-30T23:59:60+00:00",
        "2027-01-30T23:60:00Z",
        "2027-01-30T25:00:00Z",
        "2027-01-30T23:59:59.Z",
        "2027-01-30T23:59:59,5Z",
        "2027-01-30T23:59Z",
        "2027-1-30T23:59:59Z",
        "2027-01-30T23:59:59+24:00",
        "２０２７-01-30T23:59:59Z",
        "P30D",
        "1969-12-31T23:59:59.999999999Z",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z",
      })
  void inAnotherFormOrOfAnotherYearAreRefused(String text) {
    Wished.assertRefused(
        () -> Instants.parse("some.field", text),
        "some.field",
        "must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z");
  }
}
