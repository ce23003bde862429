package io.accesskeys.request;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What proxies say of where a request has come from: each adds, at the end, the address of whoever
 * has sent it the request.
 *
 * <p>It is read from the end, and only as far as proxies stand there that we trust. What is before
 * that was written by somebody else, who may have made it as long and as hard to read as they like.
 *
 * @param lines the lines of the header, which count as one list
 * @param header how an entry is written
 */
public record ForwardedChain(List<String> lines, Header header) {

  /** One parameter of {@code Forwarded}; more liberal in the value than RFC 7239. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[ \\t]*+([A-Za-z0-9!#$%&'*+.^_`|~-]++)=(?:([^ \\t,;\"]++)|\"([^\"\\\\]*+)\")[ \\t]*+(;|\\z)");

  /** The header that the proxies write. */
  enum Header {
    X_FORWARDED_FOR {
      @Override
      int beginOfLast(String line, int end) {
        return line.lastIndexOf(',', end - 1) + 1;
      }

      @Override
      Optional<String> address(String entry) {
        return AddressText.literal(entry.strip());
      }
    },

    /** Of RFC 7239. */
    FORWARDED {
      /**
       * Behind the last comma that is not quoted. From the end, too, quotes tell what is quoted: an
       * escaped one, which would not, makes its entry unreadable.
       */
      @Override
      int beginOfLast(String line, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
          char c = line.charAt(i);
          if (c == ',' && !quoted) {
            return i + 1;
          }
          quoted ^= c == '"';
        }
        return 0;
      }

      @Override
      Optional<String> address(String entry) {
        return source(entry);
      }
    };

    /** Where the last entry begins of what stands in the line before {@code end}. */
    abstract int beginOfLast(String line, int end);

    /** The address that an entry names; empty if it is none. */
    abstract Optional<String> address(String entry);
  }

  /** Of {@code X-Forwarded-For}; lines count as one list. */
  static ForwardedChain ofXForwardedFor(List<String> lines) {
    return new ForwardedChain(lines, Header.X_FORWARDED_FOR);
  }

  /** Of {@code Forwarded} (RFC 7239); lines count as one list. */
  static ForwardedChain ofForwarded(List<String> lines) {
    return new ForwardedChain(lines, Header.FORWARDED);
  }

  /**
   * Who stands before the proxies. Everything to the left of the first address that is no proxy of
   * ours was written by that one, so it is not looked at.
   *
   * @param peer who has sent us the request
   * @return empty if what comes next is no address; the leftmost one if all are proxies
   */
  Optional<String> client(String peer, Predicate<String> isProxy) {
    Optional<String> client = Optional.of(peer);
    for (int i = lines.size() - 1; i >= 0 && client.filter(isProxy).isPresent(); i--) {
      String line = lines.get(i);
      int end = line.length();
      // A line without anything in it has one entry, which is no address.
      do {
        int begin = header.beginOfLast(line, end);
        client = header.address(line.substring(begin, end));
        end = begin - 1;
      } while (end >= 0 && client.filter(isProxy).isPresent());
    }
    return client;
  }

  /** The address of the one parameter {@code for}; empty if anything in the entry is unreadable. */
  private static Optional<String> source(String entry) {
    Optional<String> source = Optional.empty();
    int sources = 0;
    Matcher parameter = PARAMETER.matcher(entry);
    while (parameter.lookingAt()) {
      if (parameter.group(1).equalsIgnoreCase("for")) {
        source = Optional.ofNullable(parameter.group(2)).or(() -> Optional.of(parameter.group(3)));
        sources++;
      }
      if (parameter.group(4).isEmpty()) {
        return sources == 1 ? source.flatMap(AddressText::literal) : Optional.empty();
      }
      parameter.region(parameter.end(), entry.length());
    }
    return Optional.empty();
  }
}
