package io.accesskeys.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
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

  @Nested
  class OfTheServer {

    private static final String HEADERS = "kc.proxy-headers";
    private static final String ADDRESSES = "kc.proxy-trusted-addresses";

    @AfterEach
    void backToNormal() {
      System.clearProperty(HEADERS);
      System.clearProperty(ADDRESSES);
    }

    private static ProxySettings current(String headers, String addresses) {
      System.setProperty(HEADERS, headers);
      System.setProperty(ADDRESSES, addresses);
      return ProxySettings.current();
    }

    @Test
    void areWhatItWasToldWithHeadersInSmallLetters() {
      assertThat(current("XForwarded", "10.0.0.0/8"))
          .isEqualTo(new ProxySettings(Optional.of("xforwarded"), true));
    }

    @Test
    void areNothingIfItWasToldNothing() {
      ProxySettings nothing = new ProxySettings(Optional.empty(), false);
      assertThat(ProxySettings.current()).isEqualTo(nothing);
      assertThat(current(" ", " ")).isEqualTo(nothing);
    }
  }
}
