package io.accesskeys.oauth.directgrant;

import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.token.MintedRights;
import io.accesskeys.verification.Decision.Accepted;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The key by which this request's flow was passed, for whoever sees the token that Keycloak makes
 * then. It lasts as long as the request.
 */
record AcceptedKey(Accepted accepted, MintedRights rights, RequestFacts facts) {

  private static final String ATTRIBUTE = AcceptedKey.class.getName();

  void keepIn(KeycloakSession session) {
    session.setAttribute(ATTRIBUTE, this);
  }

  static Optional<AcceptedKey> keptIn(KeycloakSession session) {
    return Optional.ofNullable(session.getAttribute(ATTRIBUTE, AcceptedKey.class));
  }
}
