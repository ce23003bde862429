package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Signs in as a browser does: authorization code with PKCE, and the login page between. */
final class SignInStep {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Transcript transcript;

  SignInStep(Transcript transcript) {
    this.transcript = transcript;
  }

  void run() {
    transcript.step(
        "alice signs in",
        "As in the Account Console: authorization code with PKCE. curl plays the browser.");
    String verifier = random();
    transcript.set("VERIFIER", verifier);
    transcript.set("CHALLENGE", challenge(verifier));
    transcript.command(": > \"$JAR\"");
    String redirect = Realm.BASE + "/account/";
    transcript.call(
        Call.get(
                Realm.OIDC
                    + "/auth?client_id=account-console&response_type=code&scope=openid"
                    + "&code_challenge_method=S256&code_challenge=$CHALLENGE&redirect_uri="
                    + redirect)
            .withCookies(),
        200,
        Capture.html("LOGIN", "action=\"([^\"]*/login-actions/authenticate[^\"]*)\""));
    transcript.call(
        Call.post("$LOGIN").withCookies().field("username", "alice").field("password", "alice"),
        302,
        Capture.text("CODE", "[?&]code=([A-Za-z0-9._-]+)"));
    transcript.call(
        Call.post(Realm.OIDC + "/token")
            .field("grant_type", "authorization_code")
            .field("client_id", "account-console")
            .field("redirect_uri", redirect)
            .field("code_verifier", "$VERIFIER")
            .field("code", "$CODE"),
        200,
        Capture.member("ALICE_TOKEN", "access_token"));
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
