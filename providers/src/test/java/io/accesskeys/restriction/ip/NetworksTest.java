package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworksTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.0/24",
    "255.255.255.255, 255.255.255.0/24",
    "::ffff:203.0.113.9, 203.0.113.0/24",
    "2001:db8:7:8:9::1, 2001:db8:7::/48",
    "::1, 0:0:0::/48",
    "ffff:ffff:ffff:ffff::, ffff:ffff:ffff::/48"
  })
  void keepsTheNetworkAlone(String address, String network) {
    assertThat(Networks.of(address)).hasValue(network);
    assertThat(Cidr.parse(network)).isPresent();
  }

  @Test
  void ofWhatIsNoAddressThereIsNone() {
    assertThat(Networks.of("localhost")).isEmpty();
    assertThat(Networks.of("")).isEmpty();
  }
}
