package io.accesskeys.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.issue.IssuedKey;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.restriction.Restriction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A key as the REST APIs show it; instants are ISO-8601 in UTC.
 *
 * @param client the {@code client_id} of the API client; absent if that client is gone
 * @param retiresAt while rolling, when the old secret retires
 * @param version what {@code If-Match} names
 * @param owner for administrators: {@code {"user": id}} or {@code {"client": client_id}}
 * @param secret the whole key text, in the answer that made it and never again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyRepresentation(
    String id,
    String kind,
    String name,
    String state,
    String client,
    List<String> scopes,
    List<JsonNode> restrictions,
    String redacted,
    String createdAt,
    String expiresAt,
    String retiresAt,
    int version,
    Map<String, String> owner,
    String secret) {

  /** A key of a realm, at an instant. */
  public static KeyRepresentation of(AccessKey key, RealmModel realm, Instant now) {
    ClientModel client = realm.getClientById(key.grant().clientId());
    return new KeyRepresentation(
        key.id(),
        key.kind().wireName(),
        key.name(),
        key.stateAt(now).wireName(),
        client == null ? null : client.getClientId(),
        key.grant().scopes().stream().sorted().toList(),
        key.grant().restrictions().stream().map(Restriction::toJson).toList(),
        key.redacted(),
        key.validity().created().at().toString(),
        text(key.validity().expires()),
        text(key.retiringAt(now).flatMap(KeySecret::retires)),
        key.version(),
        null,
        null);
  }

  /** A new or rolled key, with its secret: the one time it is shown. */
  public static KeyRepresentation withSecret(IssuedKey issued, RealmModel realm, Instant now) {
    KeyRepresentation bare = of(issued.key(), realm, now);
    return bare.with(null, issued.text().reveal());
  }

  /** The same, with its owner named. */
  public KeyRepresentation withOwner(KeycloakSession session, AccessKey key) {
    return with(owner(session, key), secret);
  }

  /** The same without the secret, for events. */
  public KeyRepresentation withoutSecret() {
    return with(owner, null);
  }

  @Override
  public String toString() {
    return redacted;
  }

  private KeyRepresentation with(Map<String, String> newOwner, String newSecret) {
    return new KeyRepresentation(
        id,
        kind,
        name,
        state,
        client,
        scopes,
        restrictions,
        redacted,
        createdAt,
        expiresAt,
        retiresAt,
        version,
        newOwner,
        newSecret);
  }

  private static Map<String, String> owner(KeycloakSession session, AccessKey key) {
    if (key.kind() == KeyKind.PERSONAL_ACCESS_TOKEN) {
      return Map.of("user", key.ownerId());
    }
    RealmModel realm = session.getContext().getRealm();
    return Optional.ofNullable(session.users().getUserById(realm, key.ownerId()))
        .map(UserModel::getServiceAccountClientLink)
        .map(realm::getClientById)
        .map(client -> Map.of("client", client.getClientId()))
        .orElse(null);
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
