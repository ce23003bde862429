package io.accesskeys.rest.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.accesskeys.http.Problem;
import io.accesskeys.http.ProblemException;
import io.accesskeys.key.KeyKind;
import io.accesskeys.verification.Requirements;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayQueryTest {

  private static GatewayQuery of(
      Map<String, List<String>> query, Map<String, List<String>> headers) {
    return GatewayQuery.of(query, name -> headers.getOrDefault(name, List.of()));
  }

  private static Map<String, List<String>> one(String name, String value) {
    return Map.of(name, List.of(value));
  }

  @Test
  void thatNamesNothingDemandsNothing() {
    GatewayQuery question = of(Map.of(), Map.of());
    assertThat(question.demand()).isEqualTo(Requirements.NONE);
    assertThat(question.jwt()).isFalse();
    assertThat(question.basic()).isFalse();
  }

  @Test
  void readsItsQuery() {
    GatewayQuery question =
        of(
            Map.of(
                "client", List.of("acme-api"),
                "kind", List.of("api-key"),
                "scope", List.of("a  b"),
                "any_scope", List.of("c d"),
                "jwt", List.of("true"),
                "basic", List.of("true"),
                "deny", List.of("403")),
            Map.of());
    assertThat(question.demand())
        .isEqualTo(
            new Requirements(
                Set.of("acme-api"),
                Set.of(KeyKind.API_KEY),
                Set.of("a", "b"),
                Set.of(Set.of("c", "d")),
                Set.of()));
    assertThat(question.jwt()).isTrue();
    assertThat(question.basic()).isTrue();
  }

  @Test
  void readsItsHeadersAlike() {
    GatewayQuery question =
        of(
            Map.of(),
            Map.of(
                "X-Required-Client", List.of("acme-api"),
                "X-Required-Kind", List.of("api-key"),
                "X-Required-Scope", List.of("a b"),
                "X-Required-Any-Scope", List.of("c d"),
                "X-Required-Jwt", List.of("true")));
    assertThat(question)
        .isEqualTo(
            of(
                Map.of(
                    "client", List.of("acme-api"),
                    "kind", List.of("api-key"),
                    "scope", List.of("a b"),
                    "any_scope", List.of("c d"),
                    "jwt", List.of("true")),
                Map.of()));
  }

  @Test
  void aHeaderAddsToTheQueryAndTakesNothingAway() {
    Requirements demand =
        of(
                Map.of("client", List.of("acme-api"), "scope", List.of("a")),
                Map.of(
                    "X-Required-Client", List.of("other"),
                    "X-Required-Scope", List.of("b"),
                    "X-Required-Any-Scope", List.of("c")))
            .demand();
    assertThat(demand.clients()).containsExactlyInAnyOrder("acme-api", "other");
    assertThat(demand.scopes()).containsExactlyInAnyOrder("a", "b");
    assertThat(demand.anyScopes()).containsExactly(Set.of("c"));
  }

  @Test
  void everyLineOfAHeaderCounts() {
    Requirements demand =
        of(
                Map.of(),
                Map.of(
                    "X-Required-Scope", List.of("a", "b"),
                    "X-Required-Any-Scope", List.of("c", "d"),
                    "X-Required-Kind", List.of("api-key", "personal-access-token")))
            .demand();
    assertThat(demand.scopes()).containsExactlyInAnyOrder("a", "b");
    assertThat(demand.anyScopes()).containsExactlyInAnyOrder(Set.of("c"), Set.of("d"));
    assertThat(demand.kinds()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "audience,x",
    "client,''",
    "client,' '",
    "scope,''",
    "any_scope,' '",
    "kind,cookie",
    "kind,''",
    "jwt,yes",
    "basic,1",
    "deny,500",
    "deny,''"
  })
  void thatCannotBeReadIsAMistakeOfTheGateway(String name, String value) {
    assertMistake(name, one(name, value), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "X-Required-Client,''",
    "X-Required-Scope,''",
    "X-Required-Any-Scope,''",
    "X-Required-Kind,cookie",
    "X-Required-Jwt,maybe"
  })
  void aHeaderThatCannotBeReadIsToo(String name, String value) {
    assertMistake(name, Map.of(), one(name, value));
    assertMistake(name, Map.of(), Map.of(name, List.of("api-key", value)));
  }

  /** Each of them would be read and compared, and nobody needs more than one. */
  @Test
  void aHeaderInMoreLinesThanAnybodyNeedsIsToo() {
    List<String> lines = Collections.nCopies(20, "orders:read");
    assertThat(of(Map.of(), Map.of("X-Required-Scope", lines)).demand().scopes()).hasSize(1);
    assertMistake(
        "X-Required-Scope",
        Map.of(),
        Map.of("X-Required-Scope", Collections.nCopies(21, "orders:read")));
  }

  @Test
  void everyLineIsCheckedWhateverTheFirstOneSays() {
    assertMistake("X-Required-Jwt", Map.of(), Map.of("X-Required-Jwt", List.of("true", "maybe")));
  }

  @Test
  void aParameterThatIsSentTwiceIsToo() {
    assertMistake("scope", Map.of("scope", List.of("a", "a")), Map.of());
  }

  private static void assertMistake(
      String field, Map<String, List<String>> query, Map<String, List<String>> headers) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> of(query, headers))
        .satisfies(
            e -> {
              Problem problem = e.problem();
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.field()).isEqualTo(field);
            });
  }
}
