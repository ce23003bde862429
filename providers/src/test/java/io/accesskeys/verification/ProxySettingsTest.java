package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProxySettingsTest {

  @Test
  void headersThatCountFromEverybodyAreWarnedOf() {
    assertThat(new ProxySettings(Optional.of("forwarded"), false).warning().orElseThrow())
        .contains("--proxy-headers=forwarded", "--proxy-trusted-addresses");
  }

  @Test
  void withTrustedAddressesOrWithoutHeadersAllIsWell() {
    assertThat(new ProxySettings(Optional.of("xforwarded"), true).warning()).isEmpty();
    assertThat(new ProxySettings(Optional.empty(), false).warning()).isEmpty();
    assertThat(new ProxySettings(Optional.empty(), true).warning()).isEmpty();
  }
}
