package io.accesskeys.request;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What the server was told of proxies at its start.
 *
 * @param headers the value of {@code --proxy-headers}: {@code forwarded} or {@code xforwarded};
 *     empty if the server takes addresses from no header
 * @param trustedAddresses whether {@code --proxy-trusted-addresses} says whose headers count
 */
public record ProxySettings(Optional<String> headers, boolean trustedAddresses) {

  /** Of the server that we are in. */
  public static ProxySettings current() {
    Config config = ConfigProvider.getConfig();
    return new ProxySettings(
        setting(config, "kc.proxy-headers").map(headers -> headers.toLowerCase(Locale.ROOT)),
        setting(config, "kc.proxy-trusted-addresses").isPresent());
  }

  /** What an operator should know; empty if all is well. */
  public Optional<String> warning() {
    return headers
        .filter(name -> !trustedAddresses)
        .map(
            name ->
                "--proxy-headers="
                    + name
                    + " is set without --proxy-trusted-addresses: whoever reaches this server"
                    + " directly can claim any address, and use keys that are restricted to it");
  }

  private static Optional<String> setting(Config config, String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }
}
