package io.accesskeys.endpoint.admin;

import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.key.KeyKind;
import io.accesskeys.store.KeyFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The query parameters of a list of keys; one we do not know is an error. */
final class KeyQuery {

  private static final Set<String> PARAMETERS = Set.of("owner", "kind", "client", "first", "max");
  private static final int DEFAULT_MAX = 100;
  private static final int LARGEST_MAX = 1_000;

  private final RealmModel realm;
  private final MultivaluedMap<String, String> query;

  KeyQuery(KeycloakSession session, RealmModel realm) {
    this.realm = realm;
    this.query = session.getContext().getHttpRequest().getUri().getQueryParameters();
  }

  /**
   * The filter that the parameters spell: {@code owner} is a user's id, {@code client} a client_id.
   */
  KeyFilter filter() throws InvalidRequestException {
    for (String name : query.keySet()) {
      if (!PARAMETERS.contains(name) || query.get(name).size() != 1) {
        throw new InvalidRequestException(name, "is not known, or there twice");
      }
    }
    return new KeyFilter(text("owner"), kind(), client(), number("first", 0), max());
  }

  private Optional<KeyKind> kind() throws InvalidRequestException {
    Optional<KeyKind> kind = text("kind").flatMap(KeyKind::of);
    if (kind.isEmpty() && text("kind").isPresent()) {
      throw new InvalidRequestException("kind", "is no kind of key");
    }
    return kind;
  }

  private Optional<String> client() throws InvalidRequestException {
    Optional<String> id = text("client").map(realm::getClientByClientId).map(ClientModel::getId);
    if (id.isEmpty() && text("client").isPresent()) {
      throw new InvalidRequestException("client", "is no client of this realm");
    }
    return id;
  }

  private int max() throws InvalidRequestException {
    int max = number("max", DEFAULT_MAX);
    if (max < 1 || max > LARGEST_MAX) {
      throw new InvalidRequestException("max", "must be between 1 and " + LARGEST_MAX);
    }
    return max;
  }

  private int number(String name, int otherwise) throws InvalidRequestException {
    Optional<String> text = text(name);
    if (text.filter(digits -> !digits.matches("[0-9]{1,9}")).isPresent()) {
      throw new InvalidRequestException(name, "must be a whole number");
    }
    return text.map(Integer::parseInt).orElse(otherwise);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(query.getFirst(name));
  }
}
