package io.accesskeys.store;

import java.time.Duration;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Whether a client has roles of its own. Keycloak remembers the roles of clients, but not that a
 * client has none: it asks the database every time, which every verification would have to wait
 * for.
 */
final class ClientRoles {

  /** Of roles that are not made by the Admin REST API nobody hears. */
  private static final Duration TIME_TO_LIVE = KeyCache.TIME_TO_LIVE;

  private static final int MAX_CLIENTS = 10_000;

  private final LocalCache<Which, Boolean> known;

  private final Copies<ClientChanged> copies =
      new Copies<>("access-keys-client-roles", ClientChanged.class, this::forget);

  /** A client, by the ids of its realm and itself. */
  private record Which(String realmId, String clientId) {}

  ClientRoles(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      known =
          session
              .getProvider(LocalCacheProvider.class)
              .create(
                  LocalCacheConfiguration.<Which, Boolean>builder()
                      .name("accessKeysClientRoles")
                      .maxSize(MAX_CLIENTS)
                      .expirationAfterCreate((which, any) -> TIME_TO_LIVE)
                      .loader(which -> load(sessions, which))
                      .build());
    }
  }

  /** Hears of the changes that other nodes make. */
  void listen(KeycloakSession session) {
    copies.listen(session);
  }

  boolean any(ClientModel client) {
    return known.get(new Which(client.getRealm().getId(), client.getId()));
  }

  /** Asks anew everywhere once the change is committed: sooner, it would not be seen. */
  void changedAfterCommit(KeycloakSession session, String realmId, String clientId) {
    copies.forgetAfterCommit(session, new ClientChanged(realmId, clientId));
  }

  void close() {
    known.close();
  }

  private void forget(ClientChanged changed) {
    known.invalidate(new Which(changed.realmId(), changed.clientId()));
  }

  private static boolean load(KeycloakSessionFactory sessions, Which which) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session -> {
          RealmModel realm = session.realms().getRealm(which.realmId());
          ClientModel client = realm == null ? null : realm.getClientById(which.clientId());
          // Of a client that is just being removed nobody can say that it has none.
          return client == null || client.getRolesStream().findAny().isPresent();
        });
  }
}
