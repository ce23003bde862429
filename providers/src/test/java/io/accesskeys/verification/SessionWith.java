package io.accesskeys.verification;

import io.accesskeys.model.Partial;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/** Sessions that have a test's own provider in the place of one of Keycloak's. */
public final class SessionWith {

  private SessionWith() {}

  /**
   * This session, but for one type of provider.
   *
   * @param given by the id that is asked for; by none for the default one
   */
  public static <T extends Provider> KeycloakSession provider(
      KeycloakSession session, Class<T> type, Function<Optional<String>, T> given) {
    return Partial.over(
        KeycloakSession.class,
        session,
        (method, arguments) ->
            method.equals("getProvider") && arguments.get(0) == type
                ? Optional.of(given.apply(id(arguments)))
                : Optional.empty());
  }

  private static Optional<String> id(List<Object> arguments) {
    return arguments.size() == 1 ? Optional.empty() : Optional.of((String) arguments.get(1));
  }
}
