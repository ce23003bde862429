package io.accesskeys.endpoint;

import io.accesskeys.issue.KeyEvents;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.store.KeyStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * Proof that somebody holds a secret of a key, whatever the state of the key.
 *
 * @param secret the version they hold
 */
public record KeyHolding(AccessKey key, KeySecret secret, Instant now) {

  /** What the holder of this text holds; empty if it is no key of this realm. */
  public static Optional<KeyHolding> of(KeyText text, KeycloakSession session, Instant now) {
    return ofAll(List.of(text), session, now).stream().findFirst();
  }

  /** What the holder of these texts holds, with one look-up. */
  public static List<KeyHolding> ofAll(
      Collection<KeyText> texts, KeycloakSession session, Instant now) {
    if (texts.isEmpty()) {
      return List.of();
    }
    Map<String, AccessKey> keys =
        session
            .getProvider(KeyStore.class)
            .findAll(
                session.getContext().getRealm(),
                texts.stream().map(KeyText::id).collect(Collectors.toSet()))
            .stream()
            .collect(Collectors.toMap(AccessKey::id, key -> key));
    return texts.stream()
        .flatMap(
            text ->
                Optional.ofNullable(keys.get(text.id()))
                    .filter(key -> key.prefix().equals(text.prefix()))
                    .flatMap(key -> key.secretOf(text).map(held -> new KeyHolding(key, held, now)))
                    .stream())
        .toList();
  }

  /** Whether the secret was retired: it lets nobody in, and must not end the key either. */
  public boolean retired() {
    return secret.retiredAt(now);
  }

  /** Revokes the key at the wish of its holder, if nobody has before; its owner is told. */
  public void revoke(KeycloakSession session) {
    Revocation revocation = new Revocation(now, Optional.of("Revoked by its holder"));
    if (session
        .getProvider(KeyStore.class)
        .lifecycle()
        .revoke(session.getContext().getRealm(), key.id(), revocation)) {
      new KeyEvents(session).revoked(key);
    }
  }
}
