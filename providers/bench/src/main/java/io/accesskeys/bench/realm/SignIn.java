package io.accesskeys.bench.realm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser that signs in by authorization code and PKCE, as the Account Console does. */
public final class SignIn {

  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("[?&#]code=([^&]+)");

  private final URI realm;
  private final String clientId;
  private final List<String> cookies = new ArrayList<>();

  public SignIn(URI realm, String clientId) {
    this.realm = realm;
    this.clientId = clientId;
  }

  /** With a session that exists already, such as an impersonator's. */
  public SignIn withCookies(List<String> setCookies) {
    setCookies.forEach(cookie -> cookies.add(cookie.split(";", 2)[0]));
    return this;
  }

  /** The access token of whoever the cookies, or else this user name and password, stand for. */
  public String token(String user, String password) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String verifier = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    URI auth =
        URI.create(
            realm
                + "/protocol/openid-connect/auth?"
                + Http.encode(
                    Map.of(
                        "client_id",
                        clientId,
                        "redirect_uri",
                        redirectUri(),
                        "response_type",
                        "code",
                        "scope",
                        "openid",
                        "code_challenge",
                        challenge(verifier),
                        "code_challenge_method",
                        "S256")));
    Reply page = keepCookies(Http.get(auth, cookieHeader()));
    Reply landed = page.status() == 200 ? submit(page, user, password) : page;
    Matcher code = CODE.matcher(landed.header("Location").orElseThrow());
    if (!code.find()) {
      throw new AssertionError("No code: " + landed);
    }
    return Http.form(
            URI.create(realm + "/protocol/openid-connect/token"),
            Map.of(),
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                clientId,
                "code",
                URLDecoder.decode(code.group(1), UTF_8),
                "redirect_uri",
                redirectUri(),
                "code_verifier",
                verifier))
        .expect(200)
        .text("access_token");
  }

  private Reply submit(Reply page, String user, String password) {
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError("No login form: " + page);
    }
    return keepCookies(
            Http.form(
                URI.create(form.group(1).replace("&amp;", "&")),
                cookieHeader(),
                Map.of("username", user, "password", password)))
        .expect(302);
  }

  private Reply keepCookies(Reply reply) {
    withCookies(reply.response().headers().allValues("Set-Cookie"));
    return reply;
  }

  private Map<String, String> cookieHeader() {
    return cookies.isEmpty() ? Map.of() : Map.of("Cookie", String.join("; ", cookies));
  }

  private String redirectUri() {
    return realm + "/account/";
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
