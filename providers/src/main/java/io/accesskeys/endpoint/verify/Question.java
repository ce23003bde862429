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
import java.util.stream.Collectors;

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

  private static final Question NOTHING = new Question(Demand.NONE, false, false);

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
    Question question = NOTHING;
    for (String parameter : PARAMETERS) {
      for (String value : query.getOrDefault(parameter, List.of())) {
        question = question.and(parameter, value);
      }
      String header = HEADERS.get(parameter);
      // Every line of the header, since each may have been added by somebody else.
      for (String line : header == null ? List.<String>of() : headers.all(header)) {
        question = question.and(parameter, asked(header, parameter, line.strip()));
      }
    }
    return question;
  }

  /** This and what a parameter asks with this value. */
  private Question and(String parameter, String value) {
    return switch (parameter) {
      case CLIENT -> and(Demand.forClient(value));
      case KIND -> and(Demand.forKind(KeyKind.of(value).orElseThrow()));
      case SCOPE -> and(Demand.forAllOf(words(value)));
      case ANY_SCOPE -> and(Demand.forAnyOf(words(value)));
      case JWT -> new Question(demand, jwt || Boolean.parseBoolean(value), basic);
      case BASIC -> new Question(demand, jwt, basic || Boolean.parseBoolean(value));
      // How to refuse is no part of what is asked.
      default -> this;
    };
  }

  private Question and(Demand further) {
    return new Question(demand.and(further), jwt, basic);
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
