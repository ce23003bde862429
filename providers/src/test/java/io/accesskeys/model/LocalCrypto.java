package io.accesskeys.model;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.common.crypto.CryptoProvider;

/** Java's own cryptography, as far as passwords need it: Keycloak's module for it is not there. */
final class LocalCrypto {

  private LocalCrypto() {}

  /** Makes it the one that Keycloak uses. */
  static void start() {
    CryptoIntegration.setProvider(Partial.of(CryptoProvider.class, LocalCrypto::answer));
  }

  private static Optional<Object> answer(String method, List<Object> arguments) {
    return Optional.of(arguments)
        .filter(given -> method.equals("getSecretKeyFact"))
        .map(given -> secretKeys((String) given.get(0)));
  }

  private static SecretKeyFactory secretKeys(String algorithm) {
    try {
      return SecretKeyFactory.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
