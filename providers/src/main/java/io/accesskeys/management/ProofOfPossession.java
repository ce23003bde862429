package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.PresentedKeys;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Proof that somebody holds a secret of a key, whatever the state of the key.
 *
 * @param secret the version they hold
 */
public record ProofOfPossession(AccessKey key, KeySecret secret, Instant now) {

  /** Why a key says it was revoked that its holder has revoked. */
  public static final Optional<String> REVOKED = Optional.of("Revoked by its holder");

  /**
   * What the holder of this text holds; empty if it is no key of this realm. Whoever makes up ids
   * gets no further than the cache, which knows for a while that there is no such key.
   */
  public static Optional<ProofOfPossession> of(
      PresentedKey text, KeycloakSession session, Instant now) {
    KeyStore store = session.getProvider(KeyStore.class);
    RealmModel realm = session.getContext().getRealm();
    Optional<AccessKey> known = new PresentedKeys(session).cached(text);
    if (known.isEmpty() && text instanceof KeyText own) {
      // As long as a secret that is looked at takes, so that the time does not tell who exists.
      own.hash();
    }
    return known
        .flatMap(key -> of(text, key, now))
        .flatMap(held -> store.find(realm, held.key().id()))
        .flatMap(key -> of(text, key, now));
  }

  /** What the holder of these texts holds: a look-up of each, which is for the caller to limit. */
  public static List<ProofOfPossession> ofAll(
      Collection<PresentedKey> texts, KeycloakSession session, Instant now) {
    Map<PresentedKey, String> ids = new PresentedKeys(session).ids(texts);
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<String, AccessKey> keys =
        session
            .getProvider(KeyStore.class)
            .findAll(session.getContext().getRealm(), Set.copyOf(ids.values()))
            .stream()
            .collect(Collectors.toMap(AccessKey::id, key -> key));
    return ids.entrySet().stream()
        .flatMap(
            sent ->
                Optional.ofNullable(keys.get(sent.getValue()))
                    .flatMap(key -> of(sent.getKey(), key, now))
                    .stream())
        .toList();
  }

  private static Optional<ProofOfPossession> of(PresentedKey text, AccessKey key, Instant now) {
    return Optional.of(key)
        .filter(one -> PresentedKeys.fits(one, text))
        .flatMap(one -> one.secretOf(text))
        .map(secret -> new ProofOfPossession(key, secret, now));
  }

  /** Whether the secret was retired: it lets nobody in, and must not end the key either. */
  public boolean retired() {
    return secret.retiredAt(now);
  }

  /** Its holder, as an actor on the key. */
  public Actor holder() {
    return new Actor.Holder(secret);
  }
}
