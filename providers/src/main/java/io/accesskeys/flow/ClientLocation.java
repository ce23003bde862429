package io.accesskeys.flow;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Where a sign-in comes from. */
final class ClientLocation {

  private ClientLocation() {}

  /** The text of the client's address; empty if nobody knows it. */
  static Optional<String> of(KeycloakSession session) {
    return resolved(session);
  }

  private static Optional<String> resolved(KeycloakSession session) {
    return Optional.ofNullable(session.getContext().getConnection().getRemoteAddr());
  }
}
