package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read from the server's configuration; {@link ProxySettingsTest} has what it means. */
final class ProxySettingsOfServerTest {

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
