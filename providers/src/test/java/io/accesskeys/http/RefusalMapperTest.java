package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.accesskeys.key.RefusedRequestException;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.model.Partial;
import io.accesskeys.policy.PolicyRefusals;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.utils.KeycloakSessionUtil;

final class RefusalMapperTest {

  private final AtomicBoolean rollbackOnly = new AtomicBoolean();

  @BeforeEach
  void begin() {
    KeycloakTransactionManager transaction =
        Partial.of(
            KeycloakTransactionManager.class,
            (method, arguments) -> {
              rollbackOnly.compareAndSet(false, method.equals("setRollbackOnly"));
              return Optional.of(true);
            });
    KeycloakSessionUtil.setKeycloakSession(
        Partial.of(
            KeycloakSession.class,
            (method, arguments) ->
                method.equals("getTransactionManager")
                    ? Optional.of(transaction)
                    : Optional.empty()));
  }

  @AfterEach
  void end() {
    KeycloakSessionUtil.setKeycloakSession(null);
  }

  @Test
  void anInvalidMemberIsNamed() {
    Problem problem = refused(new InvalidRequestException("scopes[0]", "is gone"), 400);
    assertThat(problem.field()).isEqualTo("scopes[0]");
    assertThat(problem.detail()).isEqualTo("is gone");
    assertThat(problem.errors()).isNull();
  }

  @Test
  void aRequestThatIsWrongAsAWholeNamesNoMember() {
    assertThat(refused(new InvalidRequestException("", "is too much"), 400).field()).isNull();
  }

  @Test
  void everyInvalidSettingOfThePolicyIsNamed() {
    Problem problem = refused(PolicyRefusals.of(Map.of("b", "is odd", "a", "is gone")), 400);
    assertThat(problem.field()).isEqualTo("a");
    assertThat(problem.errors())
        .extracting(Problem.WrongMember::field, Problem.WrongMember::detail)
        .containsExactly(tuple("a", "is gone"), tuple("b", "is odd"));
  }

  @Test
  void aProblemIsAnsweredAsItIs() {
    Problem problem = Problem.of(Problem.Kind.FORBIDDEN, "is not yours").at("id");
    assertThat(refused(problem.exception(), 403)).isEqualTo(problem);
  }

  private Problem refused(RefusedRequestException refusal, int status) {
    try (Response response = new RefusalMapper().toResponse(refusal)) {
      assertThat(rollbackOnly).as("what was changed is rolled back").isTrue();
      assertThat(response.getStatus()).isEqualTo(status);
      assertThat(response.getMediaType()).hasToString("application/problem+json");
      assertThat(response.getHeaders().get(HttpHeaders.CACHE_CONTROL))
          .isEqualTo(List.of("no-store"));
      return (Problem) response.getEntity();
    }
  }
}
