package io.accesskeys.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.TokenVerifier;
import org.keycloak.TokenVerifier.AudienceCheck;
import org.keycloak.TokenVerifier.RealmUrlCheck;
import org.keycloak.TokenVerifier.TokenTypeCheck;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.AsymmetricSignatureVerifierContext;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;
import org.keycloak.util.TokenUtil;

/**
 * Checks JWTs with nothing but the realm's public keys: signature (RS256 alone), issuer, expiry,
 * type and audience.
 *
 * @param issuer the realm that must have issued them
 * @param audience whom they must be for
 * @param keys the realm's public keys
 */
record OfflineVerifier(URI issuer, String audience, Map<String, KeyWrapper> keys) {

  /** Loads the keys: the one time that Keycloak is asked. */
  static OfflineVerifier load(URI issuer, String audience) {
    try {
      String answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/certs"))
                      .timeout(Duration.ofSeconds(30))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      JSONWebKeySet keys = JsonSerialization.readValue(answer, JSONWebKeySet.class);
      return new OfflineVerifier(issuer, audience, signatureKeys(keys));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not load the keys of " + issuer, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while loading the keys of " + issuer, e);
    }
  }

  /**
   * The token of this text.
   *
   * @throws VerificationException when it does not pass
   */
  AccessToken verify(String text) throws VerificationException {
    TokenVerifier<AccessToken> verifier =
        TokenVerifier.create(text, AccessToken.class)
            .withChecks(
                new RealmUrlCheck(issuer.toString()),
                new TokenTypeCheck(List.of(TokenUtil.TOKEN_TYPE_BEARER)),
                new AudienceCheck(audience),
                TokenVerifier.IS_ACTIVE);
    JWSHeader header = verifier.getHeader();
    KeyWrapper key = header.getKeyId() == null ? null : keys.get(header.getKeyId());
    if (key == null || !Algorithm.RS256.equals(header.getRawAlgorithm())) {
      throw new VerificationException("No such key");
    }
    return verifier
        .verifierContext(new AsymmetricSignatureVerifierContext(key))
        .verify()
        .getToken();
  }

  private static Map<String, KeyWrapper> signatureKeys(JSONWebKeySet all) {
    return Stream.of(all.getKeys())
        .filter(key -> "sig".equals(key.getPublicKeyUse()))
        .filter(key -> Algorithm.RS256.equals(key.getAlgorithm()))
        .collect(Collectors.toUnmodifiableMap(JWK::getKeyId, JWKSUtils::getKeyWrapper));
  }
}
