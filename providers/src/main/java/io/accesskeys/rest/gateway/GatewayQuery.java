package io.accesskeys.rest.gateway;

import io.accesskeys.http.Problem;
import io.accesskeys.http.ProblemException;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.StorableText;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Requirements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a gateway asks.
 *
 * @param demand what the key must be good for
 * @param jwt whether a JWT is wanted for the API behind the gateway
 * @param basic whether who sends nothing is told of Basic as well
 */
record GatewayQuery(Requirements demand, boolean jwt, boolean basic) {

  private static final String CLIENT = "client";
  private static final String KIND = "kind";
  private static final String SCOPE = "scope";
  private static final String ANY_SCOPE = "any_scope";
  private static final String JWT = "jwt";
  private static final String BASIC = "basic";

  /** The parameter by which every denial of a credential is a 403. */
  static final String DENY = "deny";

  /** The header of each parameter that has one. */
  private static final Map<String, String> HEADERS =
      Map.of(
          CLIENT, "X-Required-Client",
          KIND, "X-Required-Kind",
          SCOPE, "X-Required-Scope",
          ANY_SCOPE, "X-Required-Any-Scope",
          JWT, "X-Required-Jwt");

  /** The values of each parameter that takes no others. */
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          JWT, Set.of("true", "false"),
          BASIC, Set.of("true", "false"),
          DENY, Set.of("401", "403"));

  private static final Set<String> PARAMETERS =
      Set.of(CLIENT, KIND, SCOPE, ANY_SCOPE, JWT, BASIC, DENY);

  /** Further lines of a header say nothing that these could not. */
  private static final int MAX_LINES = 20;

  /**
   * What query and headers ask together. Who calls the gateway may have written the headers: they
   * add demands, and never lift one.
   *
   * @throws ProblemException 400 for what cannot be read, or names nothing
   */
  static GatewayQuery of(Map<String, List<String>> query, RequestHeaders headers) {
    query.forEach(
        (name, values) -> {
          if (!PARAMETERS.contains(name) || values.size() != 1) {
            throw mistake(
                name,
                "Only client, kind, scope, any_scope, jwt, basic and deny, each once, are known");
          }
          check(name, name, values.get(0));
        });
    // All values of a parameter at once: one by one, each would cost what stands before it.
    Function<String, List<String>> asked = parameter -> values(parameter, query, headers);
    return new GatewayQuery(
        new Requirements(
            set(asked.apply(CLIENT), GatewayQuery::one),
            set(asked.apply(KIND), kind -> List.of(KeyKind.of(kind).orElseThrow())),
            set(asked.apply(SCOPE), GatewayQuery::words),
            set(asked.apply(ANY_SCOPE), scopes -> List.of(set(words(scopes), GatewayQuery::one))),
            Set.of()),
        asked.apply(JWT).contains("true"),
        asked.apply(BASIC).contains("true"));
  }

  /** What query and header ask; every line, since each may have been added by somebody else. */
  private static List<String> values(
      String parameter, Map<String, List<String>> query, RequestHeaders headers) {
    List<String> inQuery = query.getOrDefault(parameter, List.of());
    String header = HEADERS.get(parameter);
    List<String> lines = header == null ? List.of() : headers.all(header);
    if (lines.isEmpty()) {
      return inQuery;
    }
    if (lines.size() > MAX_LINES) {
      throw mistake(header, "Send this header in at most " + MAX_LINES + " lines");
    }
    List<String> all = new ArrayList<>(inQuery);
    for (String line : lines) {
      check(header, parameter, line.strip());
      all.add(line.strip());
    }
    return all;
  }

  /** A demand that names nothing is a gateway's mistake, and must not let everything pass. */
  private static void check(String where, String parameter, String value) {
    if (StorableText.isReplaced(value)) {
      throw mistake(where, "It is not UTF-8");
    }
    boolean known =
        parameter.equals(KIND)
            ? KeyKind.of(value).isPresent()
            : VALUES.getOrDefault(parameter, Set.of(value)).contains(value);
    if (!known || words(value).isEmpty()) {
      throw mistake(where, known ? "It names nothing" : "There is no such value");
    }
  }

  private static ProblemException mistake(String where, String detail) {
    return Problem.of(Problem.Kind.INVALID_REQUEST, detail).at(where).exception();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static List<String> one(String text) {
    return List.of(text);
  }

  /** In a hash set: the JDK's unmodifiable ones are slow for words made to have equal hashes. */
  private static <T> Set<T> set(List<String> values, Function<String, List<T>> read) {
    if (values.isEmpty()) {
      return Set.of();
    }
    Set<T> set = new HashSet<>();
    values.forEach(value -> set.addAll(read.apply(value)));
    return Collections.unmodifiableSet(set);
  }
}
