package io.accesskeys.token;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.provider.Spi;

/**
 * What keeps JWTs that were minted from keys out of Keycloak's own endpoints. Up to 26.7 Keycloak
 * asks the grant that a token came from ({@code OAuth2GrantType#isTokenAllowed}); since 26.8 it
 * asks the providers of the SPI {@code oauth2-token-verifier} instead (keycloak/keycloak#52732). A
 * release that asks neither of ours would take such a JWT for one of its owner's, so none must be
 * minted there.
 */
public final class KeycloakFence {

  /** The SPI of Keycloak 26.8, by its name: its classes are in no older release. */
  static final String VERIFIERS = "oauth2-token-verifier";

  private static final String ASKS_GRANT = "isTokenAllowed";

  /** Of the release that is running; asked whenever a key is traded. */
  private static final boolean GRANT_IS_ASKED = asksGrant(OAuth2GrantType.class);

  private KeycloakFence() {}

  /** Whether this Keycloak asks us before one of its own endpoints takes a token. */
  public static boolean stands(KeycloakSessionFactory factories) {
    return GRANT_IS_ASKED || asksVerifier(factories);
  }

  static boolean asksGrant(Class<?> grantType) {
    return Stream.of(grantType.getMethods()).map(Method::getName).anyMatch(ASKS_GRANT::equals);
  }

  /** An operator can switch the verifier off, and somebody else's can have its id. */
  static boolean asksVerifier(KeycloakSessionFactory factories) {
    return factories.getSpis().stream()
        .filter(spi -> spi.getName().equals(VERIFIERS))
        .map(Spi::getProviderClass)
        .map(verifiers -> factories.getProviderFactory(verifiers, MintedTokenVerifier.ID))
        // Not by a method reference: releases without the SPI cannot load the class.
        .anyMatch(factory -> factory instanceof MintedTokenVerifier);
  }
}
