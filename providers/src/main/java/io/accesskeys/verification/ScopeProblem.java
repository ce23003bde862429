package io.accesskeys.verification;

import io.accesskeys.store.OpenScopes;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

/** What may be wrong with a scope that an API client offers. */
public enum ScopeProblem {
  /** Its role was deleted, or it never had one and does not say that it is open. */
  NO_ROLE(
      "has no role and is not open, so nobody can have it."
          + " Map a role to it, or set its attribute access-keys.open to true"),
  /** Somebody may believe that everybody has it. */
  OPEN_WITH_ROLES(
      "maps roles, so its attribute access-keys.open has no effect. Remove one of the two"),
  /** It came from a file with an id of its own. */
  UNSTORABLE_ID(
      "cannot be granted, because its id is not 1 to 36 printable ASCII characters without"
          + " spaces. Make the client scope again without naming an id");

  private final String sentence;

  ScopeProblem(String sentence) {
    this.sentence = sentence;
  }

  /** A scope with a problem. */
  public record Found(ClientScopeModel scope, ScopeProblem problem) {}

  /** The problems of the scopes that this API client offers. */
  public static Stream<Found> in(ClientModel apiClient) {
    return GrantableScopes.marked(apiClient)
        .flatMap(scope -> of(scope).stream().map(problem -> new Found(scope, problem)));
  }

  /** The word for programs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong and what to do, after the scope's name. */
  public String sentence() {
    return sentence;
  }

  private static Optional<ScopeProblem> of(ClientScopeModel scope) {
    if (!GrantableScopes.hasStorableId(scope)) {
      return Optional.of(UNSTORABLE_ID);
    }
    boolean mapped = scope.getScopeMappingsStream().findAny().isPresent();
    if (mapped == OpenScopes.saysSo(scope)) {
      return Optional.of(mapped ? OPEN_WITH_ROLES : NO_ROLE);
    }
    return Optional.empty();
  }
}
