package io.accesskeys.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProvider;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProvider.TokenVerifierProviderContext;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProviderFactory;
import org.keycloak.representations.AccessToken;

final class MintedTokenVerifierTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/realms/acme/users",
        "/realms/acme/account",
        "/realms/acme/protocol/openid-connect/userinfo",
        "/realms/acme/protocol/openid-connect/token",
        "/realms/acme/protocol/openid-connect/token/introspect/more",
        "/admin/realms/acme/protocol/openid-connect/revoke",
        "/realms/acme/clients-registrations/default/protocol/openid-connect/revoke"
      })
  void aMintedTokenOpensNothingOfKeycloak(String path) {
    TokenVerifier<AccessToken> verifier = verifierAt(path, minted());
    assertThatThrownBy(verifier::verify)
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("not accepted here");
  }

  @Test
  void whereNobodySaysWhatItIsForItIsRefusedToo() {
    TokenVerifier<AccessToken> verifier = TokenVerifier.createWithoutSignature(minted());
    asked(verifier, null);
    assertThatThrownBy(verifier::verify).isInstanceOf(VerificationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/realms/acme/protocol/openid-connect/token/introspect",
        "/realms/acme/protocol/openid-connect/revoke"
      })
  void whoeverHasGotOneMayAskAboutItAndRevokeIt(String path) throws VerificationException {
    assertThat(verifierAt(path, minted()).verify().getToken()).isNotNull();
  }

  @Test
  void otherTokensPass() throws VerificationException {
    assertThat(verifierAt("/realms/acme/account", new AccessToken()).verify().getToken())
        .isNotNull();
  }

  /** By this descriptor and no other Keycloak 26.8 finds it: the context is a nested record. */
  @Test
  void itsMethodHasTheDescriptorThatKeycloakCalls() throws IOException {
    String name = MintedTokenVerifier.class.getSimpleName() + ".class";
    try (InputStream compiled = MintedTokenVerifier.class.getResourceAsStream(name)) {
      assertThat(new String(compiled.readAllBytes(), ISO_8859_1))
          .contains("additionalAccessTokenVerifications")
          .contains(
              "(Lorg/keycloak/protocol/oidc/verifier/"
                  + "TokenVerifierProvider$TokenVerifierProviderContext;)V");
    }
    assertThat(TokenVerifierProvider.class.getMethods())
        .extracting(Method::getName)
        .contains("additionalAccessTokenVerifications");
  }

  @Test
  void itIsRegistered() {
    assertThat(
            ServiceLoader.load(TokenVerifierProviderFactory.class).stream()
                .map(ServiceLoader.Provider::type))
        .containsExactly(MintedTokenVerifier.class);
  }

  private static AccessToken minted() {
    AccessToken token = new AccessToken();
    token.setOtherClaims("access_key_id", "AbCd");
    return token;
  }

  private static TokenVerifier<AccessToken> verifierAt(String path, AccessToken token) {
    TokenVerifier<AccessToken> verifier = TokenVerifier.createWithoutSignature(token);
    asked(verifier, at(path));
    return verifier;
  }

  private static void asked(TokenVerifier<AccessToken> verifier, UriInfo request) {
    new MintedTokenVerifier()
        .create(null)
        .additionalAccessTokenVerifications(
            new TokenVerifierProviderContext(verifier, null, null, request));
  }

  private static UriInfo at(String path) {
    return (UriInfo)
        Proxy.newProxyInstance(
            MintedTokenVerifierTest.class.getClassLoader(),
            new Class<?>[] {UriInfo.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getPath")) {
                return path;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
