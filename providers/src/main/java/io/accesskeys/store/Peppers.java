package io.accesskeys.store;

import io.accesskeys.key.Pepper;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.vault.VaultRawSecret;

/**
 * The peppers of realms out of Keycloak's vault. A node keeps one for a while, so that not every
 * verification reads a file or asks another server; never anywhere else than in memory.
 */
public final class Peppers {

  private static final Duration KEPT_FOR = Duration.ofMinutes(1);
  private static final int MAX_REALMS = 1_000;

  private final LocalCache<Name, Optional<Pepper>> kept;

  private record Name(String realmId, String expression) {}

  Peppers(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      kept =
          session
              .getProvider(LocalCacheProvider.class)
              .create(
                  LocalCacheConfiguration.<Name, Optional<Pepper>>builder()
                      .name("accessKeysPeppers")
                      .maxSize(MAX_REALMS)
                      .expirationAfterCreate((name, pepper) -> KEPT_FOR)
                      .build());
    }
  }

  /** Those of this server. */
  public static Peppers of(KeycloakSession session) {
    return ((KeyStoreFactory)
            session.getKeycloakSessionFactory().getProviderFactory(KeyStore.class))
        .peppers();
  }

  /**
   * The pepper that this expression names in the vault of the session's realm, up to a minute old.
   *
   * @param expression such as {@code ${vault.legacy_pepper}}
   * @return empty if the vault has no such entry, or an empty one
   */
  public Optional<Pepper> get(KeycloakSession session, String expression) {
    RealmModel realm = session.getContext().getRealm();
    Name name = new Name(realm.getId(), expression);
    Optional<Pepper> pepper = kept.get(name);
    if (pepper == null) {
      pepper = read(session, expression);
      kept.put(name, pepper);
    }
    return pepper;
  }

  void close() {
    kept.close();
  }

  private static Optional<Pepper> read(KeycloakSession session, String expression) {
    try (VaultRawSecret secret = session.vault().getRawSecret(expression)) {
      return secret.get().filter(ByteBuffer::hasRemaining).map(Peppers::pepper);
    }
  }

  private static Pepper pepper(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return new Pepper(bytes);
  }
}
