package io.accesskeys.bench.realm;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * A signing key for test realms, and for nothing else: the whole world knows it. A realm that
 * brings one does not generate its own.
 */
public final class TestSigningKey {

  /** PKCS #8, base64. */
  private static final String RSA =
      "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDKVaf4LAjNbj/MqN+y8if0eb0skjDBvN8D"
          + "QS1knIHaxJZzg4GYEwqkQ4cpPk01cACyJeq6aEyTgjCiEIekaqxw8lvbB+iWE8k9TlPd5BIfQKY0335GysAL"
          + "I9DGgRnWiv9kA5Nr/5P8jvR5LFh7iwk/a8eo9Zw9jVn/0WP/RKsyZEo8Wg/FDhr1FCkcTUyzU8j3gnEoON0S"
          + "zvzqSSN1R6qkpA3HRG+l7c3syMfaoyMMy4VLZjG7TUqKp+dMXefeQSIeSWHaRmeau47G2q3pkIVgvKEpg1dG"
          + "A5rF4+WsIzVFk3WFzvqbnl79eNqjDquHDvU3dJL7XMw7VzCnEUk71jHPAgMBAAECggEABUN6/HThmiQeMV8X"
          + "sEpZaYqjNh4fE5ZfJnDTH/tsUccfpnI+dFJs4/IRX/kyPZiKan5on7nOSCx9j5gmsMti06HFnvb5NEvgEwhP"
          + "HGyHxiiPfYk7RtcubZVccIjApdKod/vmoWTpy74VgQ0Ux8rJp+Zpyfm9u0iXYnuaT0E3kB0WiRcZxQhmM/VL"
          + "XwYmY7CKFNI1Uwq4/7sIUcueYtHjGLKLibZKDkZWDD/PMppKPS/NoV3+z40DWZoYJLHsfwkLvECeTC4WZT0z"
          + "owJKsyDX2DYgL6Nuo4/0/OUHgjZFyjDM5Qc0N675UOL12/NYLGtbS7EffLY6YpC9icFxu1pJGQKBgQDwM5/Z"
          + "dfNiLJ/jbZgafyxc7mUUCc91usqXnvC2kqaDNG4mTiqCFwmU1LMn5ujRycwAWEhgdM0cvb127ebQcQjwI/zZ"
          + "wb9LqIO5w1w7g+XyorfmWzf7IGgbOq0d8+gf0HecYSVdnT4nHPmKi6ceDKvtaF5na67U/b/UkQfj656dNwKB"
          + "gQDXpHK6qn5f5bwh1mu1QOICb+18w5c1wSa6jGMS+z54LeFzkxL3MEPHTvkDXj/6wrqgHgMT/15VcHGDEKEq"
          + "l7UJ8lFQZ0WCixtWEhWydycpR6fIq6pxGCtLZu8Qv8GjSOeNIVglpulezZx/B0Mi5zcIX0sHLGElkISuCqCm"
          + "MiscKQKBgQCqZyVGo3vHMPs4373hRkkVoHYKsi8ASUSCLdp82yrPt7lQ6XEUmv1MHVz/uLuAYNWdhQPLkfEV"
          + "K7Imlf2B8D60BgPSA7YPGXxho6th+V9/M1qdTCc5u7K/Zm/76NXLBBxmzzAv6mZ2XwLU+9/R3JF3uewHGIiO"
          + "R3n4de8QDU6YHwKBgQCsO3RHExWMknkIrbGpOwFI4QzVsYJ8NKEyLh6TcogahMqk/LsRI0N/VNwejJCdQBq+"
          + "+DmNJ1G4++4tuIKA+lpmb1vy1Aj4kxJqVFdwCysEFW81H6cqXRt3Red7gSyvtfL7Db7Rk9ahGaf87Vf58KJL"
          + "1ZCfUhrlXeAbAfH9y+QSwQKBgDJ6yYWbqY2x6WeohVn0Mwvnyg/Y3jdKIpNJ09RML6XHBipKveEwl/tMwOoi"
          + "P6d0+PGDVGGwGydU4cDY+ns67n6cxmTYST64lODysH+PwoJYI4QFwp6k+uMYPtPNZMMuhp4ztsvKcJnOgKTh"
          + "UDkw61gVi/xRvUSBGG3XNtAD7BnV";

  private TestSigningKey() {}

  /** The realm representation's member {@code components}. */
  public static String component() {
    return """
        {"org.keycloak.keys.KeyProvider": [{"name": "test", "providerId": "rsa",
          "config": {"privateKey": ["%s"], "algorithm": ["RS256"]}}]}
        """
        .formatted(RSA);
  }

  /** PKCS #8, base64. */
  public static String text() {
    return RSA;
  }

  /** To sign as somebody who has this key. */
  public static RSAPrivateCrtKey privateKey() {
    try {
      return (RSAPrivateCrtKey)
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(RSA)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its public half, X.509, base64. */
  public static String publicText() {
    RSAPrivateCrtKey key = privateKey();
    try {
      byte[] encoded =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
              .getEncoded();
      return Base64.getEncoder().encodeToString(encoded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
