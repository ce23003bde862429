package io.accesskeys.bench.realm;

import io.accesskeys.bench.KeycloakServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without script that has one page open, and follows Keycloak's login pages. */
public final class Browser {

  private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final Pattern ADDRESS = Pattern.compile("replaceState\\([^)]*\"(http[^\"]+)\"");
  private static final Pattern SECRET = Pattern.compile("id=\"access-key-secret\"[^>]*>([^<]+)<");

  private final TestRealm realm;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private Map<String, String> forwarded = Map.of();
  private Reply page;
  private URI address;

  private Browser(TestRealm realm) {
    this.realm = realm;
  }

  /** A browser with nothing in it. */
  public static Browser of(TestRealm realm) {
    return new Browser(realm);
  }

  /** A new browser in which this user signs in at the Account Console. */
  public static Browser signedIn(TestRealm realm, String user, String query) {
    return of(realm).open(query).submit(Map.of("username", user, "password", user));
  }

  /**
   * Makes it seem to be at this address, behind a proxy that the server trusts; over HTTPS, since
   * such an address is external.
   */
  public Browser at(String client) {
    return forwarded(client, "https");
  }

  /** The same over plain HTTP. */
  public Browser atPlain(String client) {
    return forwarded(client, "http");
  }

  private Browser forwarded(String client, String scheme) {
    int port = realm.server().baseUri().getPort();
    forwarded =
        Map.of(
            "X-Forwarded-For",
            client,
            "X-Forwarded-Proto",
            scheme,
            "X-Forwarded-Port",
            String.valueOf(port));
    return this;
  }

  /** Takes over the cookies that this reply sets. */
  public Browser with(Reply reply) {
    for (String cookie : reply.response().headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return this;
  }

  /** Goes to the Account Console's login, with more in the query. */
  public Browser open(String query) {
    return open(
        realm.uri(
            "/protocol/openid-connect/auth?client_id=account-console&response_type=code"
                + "&code_challenge=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
                + "&code_challenge_method=S256&scope=openid&redirect_uri="
                + Http.encode(asSeen(realm.uri("/account/").toString()))
                + query));
  }

  /** Sends the form of the page. */
  public Browser submit(Map<String, String> fields) {
    return follow(send(fields));
  }

  /** What the server says to the form of the page, which stays open. */
  public Reply send(Map<String, String> fields) {
    return sendTo(realm.server(), fields);
  }

  /** The same, with another node in place of the one that the page came from. */
  public Reply sendTo(KeycloakServer node, Map<String, String> fields) {
    String action = found(ACTION).replace("&amp;", "&");
    return Http.form(reachable(action, node), header(), fields);
  }

  /** Loads the page again, from where Keycloak's script says if it came in answer to a form. */
  public Browser reload() {
    Matcher written = ADDRESS.matcher(page.body());
    return open(written.find() ? reachable(written.group(1), realm.server()) : address);
  }

  public Reply page() {
    return page;
  }

  /** The key that the page shows. */
  public String secret() {
    return secretIn(page).orElseThrow(() -> new AssertionError("No key in " + page));
  }

  /** The key that this page shows; empty if it shows none. */
  public static Optional<String> secretIn(Reply page) {
    Optional<String> secret =
        SECRET.matcher(page.body()).results().map(shown -> shown.group(1)).findFirst();
    secret.ifPresent(ShownSecrets::add);
    return secret;
  }

  /** Where the browser was sent at last. */
  public String location() {
    return page.header("Location").orElseThrow(() -> new AssertionError(page.toString()));
  }

  private Browser open(URI uri) {
    address = uri;
    return follow(Http.get(uri, header()));
  }

  private Browser follow(Reply reply) {
    with(reply);
    page = reply;
    return page.status() == 302 && location().contains("/login-actions")
        ? open(reachable(location(), realm.server()))
        : this;
  }

  /** An address of the server as its pages write it. */
  private String asSeen(String address) {
    return forwarded.isEmpty() ? address : address.replaceFirst("^http:", "https:");
  }

  /** What a page calls this, at a node of the server. */
  private URI reachable(String written, KeycloakServer node) {
    String own = realm.server().baseUri().getAuthority();
    return URI.create(written.replaceFirst("^https?://" + own, node.baseUri().toString()));
  }

  private String found(Pattern pattern) {
    Matcher matcher = pattern.matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError("No " + pattern + " in " + page);
    }
    return matcher.group(1);
  }

  private Map<String, String> header() {
    String line =
        cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    return line.isEmpty() ? forwarded : TestRealm.and(forwarded, Map.of("Cookie", line));
  }
}
