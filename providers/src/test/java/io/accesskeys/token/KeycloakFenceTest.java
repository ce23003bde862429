package io.accesskeys.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.LocalKeycloak;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProvider;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProviderFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

final class KeycloakFenceTest {

  @Test
  void theReleaseWeCompileAgainstAsksTheGrant() {
    assertThat(KeycloakFence.asksGrant(OAuth2GrantType.class)).isTrue();
    assertThat(
            LocalKeycloak.started()
                .<Boolean>ask(session -> KeycloakFence.stands(session.getKeycloakSessionFactory())))
        .isTrue();
  }

  @Test
  void aReleaseThatDoesNotAskTheGrantIsNoticed() {
    assertThat(KeycloakFence.asksGrant(Provider.class)).isFalse();
  }

  @Test
  void theReleaseWeCompileAgainstHasNoVerifiers() {
    assertThat(
            LocalKeycloak.started()
                .<Boolean>ask(
                    session -> KeycloakFence.asksVerifier(session.getKeycloakSessionFactory())))
        .isFalse();
  }

  @Test
  void aNewerReleaseAsksOurVerifier() {
    assertThat(KeycloakFence.asksVerifier(with(Optional.of(new MintedTokenVerifier())))).isTrue();
  }

  @Test
  void aVerifierThatIsSwitchedOffOrNotOursIsNoFence() {
    assertThat(KeycloakFence.asksVerifier(with(Optional.empty()))).isFalse();
    assertThat(KeycloakFence.asksVerifier(with(Optional.of(new SomebodyElses())))).isFalse();
  }

  /** A factory of sessions with the SPI of 26.8 and this provider at our id. */
  private static KeycloakSessionFactory with(Optional<ProviderFactory<?>> verifier) {
    return (KeycloakSessionFactory)
        Proxy.newProxyInstance(
            KeycloakFenceTest.class.getClassLoader(),
            new Class<?>[] {KeycloakSessionFactory.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getSpis" -> Set.of(new Verifiers());
                  case "getProviderFactory" ->
                      arguments[0] == TokenVerifierProvider.class
                              && arguments[1].equals(MintedTokenVerifier.ID)
                          ? verifier.orElse(null)
                          : null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static final class SomebodyElses implements TokenVerifierProviderFactory {
    @Override
    public TokenVerifierProvider create(KeycloakSession session) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getId() {
      return MintedTokenVerifier.ID;
    }
  }

  private static final class Verifiers implements Spi {
    @Override
    public boolean isInternal() {
      return true;
    }

    @Override
    public String getName() {
      return "oauth2-token-verifier";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
      return TokenVerifierProvider.class;
    }

    @Override
    public Class<? extends ProviderFactory<TokenVerifierProvider>> getProviderFactoryClass() {
      return TokenVerifierProviderFactory.class;
    }
  }
}
