package io.accesskeys.endpoint.verify;

import io.accesskeys.endpoint.Problem;
import io.accesskeys.endpoint.ProblemException;
import io.accesskeys.key.KeyKind;
import io.accesskeys.restriction.RequestHeaders;
import io.accesskeys.verification.Demand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gateway asks.
 *
 * @param demand what the key must be good for
 * @param jwt whether a JWT is wanted for the API behind the gateway
 * @param basic whether who sends nothing is told of Basic as well
 */
record Question(Demand demand, boolean jwt, boolean basic) {

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

  /**
   * What query and headers ask together. Who calls the gateway may have written the headers: they
   * add demands, and never lift one.
   *
   * @throws ProblemException 400 for what cannot be read, or names nothing
   */
  static Question of(Map<String, List<String>> query, RequestHeaders headers) {
    query.forEach(
        (name, values) -> {
          if (!PARAMETERS.contains(name) || values.size() != 1) {
            throw Problem.of(
                    Problem.Kind.INVALID_REQUEST,
                    "Only client, kind, scope, any_scope, jwt, basic and deny, each once, are known")
                .at(name)
                .exception();
          }
          asked(name, name, values.get(0));
        });
    Function<String, Stream<String>> all =
        name -> Stream.concat(query.getOrDefault(name, List.of()).stream(), sent(name, headers));
    Demand demand =
        Stream.of(
                all.apply(CLIENT).map(Demand::forClient),
                all.apply(KIND).map(name -> KeyKind.of(name).orElseThrow()).map(Demand::forKind),
                all.apply(SCOPE).map(Question::words).map(Demand::forAllOf),
                all.apply(ANY_SCOPE).map(Question::words).map(Demand::forAnyOf))
            .flatMap(demands -> demands)
            .reduce(Demand.NONE, Demand::and);
    return new Question(
        demand,
        all.apply(JWT).anyMatch(Boolean::parseBoolean),
        all.apply(BASIC).anyMatch(Boolean::parseBoolean));
  }

  /** Every line of the header, since each may have been added by somebody else. */
  private static Stream<String> sent(String parameter, RequestHeaders headers) {
    String name = HEADERS.get(parameter);
    return name == null
        ? Stream.empty()
        : headers.all(name).stream().map(String::strip).map(text -> asked(name, parameter, text));
  }

  /** A demand that names nothing is a gateway's mistake, and must not let everything pass. */
  private static String asked(String where, String parameter, String value) {
    boolean known =
        parameter.equals(KIND)
            ? KeyKind.of(value).isPresent()
            : VALUES.getOrDefault(parameter, Set.of(value)).contains(value);
    if (!known || words(value).isEmpty()) {
      throw Problem.of(
              Problem.Kind.INVALID_REQUEST, known ? "It names nothing" : "There is no such value")
          .at(where)
          .exception();
    }
    return value;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
