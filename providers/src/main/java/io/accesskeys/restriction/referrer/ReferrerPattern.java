package io.accesskeys.restriction.referrer;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pages of a website, by the rules that Google Maps has for website restrictions: {@code
 * https://app.example.com/shop/*}.
 *
 * <ul>
 *   <li>Without a scheme, both http and https.
 *   <li>{@code *.example.com} is every host below that one, and not that one itself.
 *   <li>Without a port, the scheme's own; {@code :*} is any.
 *   <li>Without a path, or with {@code /} or {@code /*}, every page. A path that ends with {@code
 *       *} is every page that begins so; any other path is one page.
 * </ul>
 *
 * @param scheme empty for both
 * @param host in lower-case ASCII, without {@code *.}
 * @param below whether it is hosts below that one
 * @param port {@link #ANY_PORT}, {@link #OWN_PORT} or a port
 * @param path the beginning of a path, or all of it
 * @param beginning whether the path may go on
 */
record ReferrerPattern(
    Optional<String> scheme, String host, boolean below, int port, String path, boolean beginning) {

  private static final int ANY_PORT = 0;
  private static final int OWN_PORT = -1;
  private static final int MAX_LENGTH = 300;

  /** Of a header: browsers send no longer one, and this is the longest URL that others do. */
  private static final int MAX_PAGE = 8_192;

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * What an address bar shows, with no user, query or fragment, and wildcards where they may be.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<scheme>https?)://)?(?<below>\\*\\.)?(?<host>[^/:*?#@\\s]+)"
              + "(?::(?<port>\\*|[1-9][0-9]{0,4}))?(?<path>/[^*?#\\s]*)?(?<more>\\*)?");

  /** Labels of letters, digits and dashes, the last of which is no number; or an IPv4 address. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?"
              + "|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

  /** Segments that browsers take out of a path before they send it. */
  private static final Pattern DOTS = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:/|$)");

  /** Reads a pattern; empty if it is none. */
  static Optional<ReferrerPattern> parse(String text) {
    Matcher form = FORM.matcher(text.length() > MAX_LENGTH ? "" : text);
    if (!form.matches() || (form.group("more") != null && form.group("path") == null)) {
      return Optional.empty();
    }
    String path = form.group("path") == null ? "/" : form.group("path");
    boolean all = path.equals("/");
    boolean below = form.group("below") != null;
    return ascii(form.group("host"))
        // Everything below a top-level domain is nobody's website.
        .filter(host -> !below || (host.indexOf('.') > 0 && !Character.isDigit(last(host))))
        .filter(host -> port(form.group("port")) <= 65_535)
        .map(
            host ->
                new ReferrerPattern(
                    Optional.ofNullable(form.group("scheme")),
                    host,
                    below,
                    port(form.group("port")),
                    path,
                    all || form.group("more") != null));
  }

  /** Whether the pattern is for every page of its hosts, so that an origin is enough to tell. */
  boolean everyPage() {
    return beginning && path.equals("/");
  }

  /** Whether this is the URL of one of the pages. */
  boolean matches(URI page) {
    return scheme.map(page.getScheme()::equals).orElse(true)
        && (port == ANY_PORT || portOf(page) == (port == OWN_PORT ? ownPort(page) : port))
        && matchesHost(page.getHost())
        && (beginning ? page.getRawPath().startsWith(path) : page.getRawPath().equals(path));
  }

  /**
   * The page that a {@code Referer} or {@code Origin} header names: its URL, without query and
   * fragment, with {@code /} for no path. Empty for anything but an absolute http or https URL as
   * browsers write it.
   */
  static Optional<URI> page(String header) {
    if (header.length() > MAX_PAGE) {
      return Optional.empty();
    }
    try {
      URI url = new URI(header);
      if (url.getScheme() == null
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
          || DOTS.matcher(url.getRawPath()).find()) {
        return Optional.empty();
      }
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      return Optional.of(
          new URI(
              url.getScheme().toLowerCase(Locale.ROOT)
                  + "://"
                  + url.getHost().toLowerCase(Locale.ROOT)
                  + (url.getPort() < 0 ? "" : ":" + url.getPort())
                  + path));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether two pages are of one origin (RFC 6454). */
  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equals(other.getHost())
        && portOf(one) == portOf(other);
  }

  private boolean matchesHost(String pageHost) {
    return below ? pageHost.endsWith('.' + host) : pageHost.equals(host);
  }

  private static Optional<String> ascii(String host) {
    try {
      String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return Optional.of(ascii).filter(name -> HOST.matcher(name).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static char last(String text) {
    return text.charAt(text.length() - 1);
  }

  private static int port(String text) {
    if (text == null) {
      return OWN_PORT;
    }
    return text.equals("*") ? ANY_PORT : Integer.parseInt(text);
  }

  private static int portOf(URI page) {
    return page.getPort() < 0 ? ownPort(page) : page.getPort();
  }

  private static int ownPort(URI page) {
    return page.getScheme().equals("https") ? 443 : 80;
  }
}
