package io.accesskeys.store;

import java.time.Duration;
import java.util.List;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Which clients of a realm have opted in to access keys. Keycloak refuses to search clients by an
 * attribute that the operator has not listed, so to find out takes a walk through all of them;
 * remembered, because anybody can make us ask.
 */
final class ApiClients {

  /** Who asks wants to know whether there is just one. */
  private static final int ENOUGH = 2;

  /**
   * Keycloak tells of every change that is made by an administrator, a registration or an import.
   * This bounds what another extension changes silently, and a message to another node that is
   * lost.
   */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

  private static final int MAX_REALMS = 10_000;

  private final LocalCache<String, List<String>> known;

  private final Copies<ClientChanged> copies =
      new Copies<>("access-keys-api-clients", ClientChanged.class, this::forget);

  ApiClients(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      known =
          session
              .getProvider(LocalCacheProvider.class)
              .create(
                  LocalCacheConfiguration.<String, List<String>>builder()
                      .name("accessKeysApiClients")
                      .maxSize(MAX_REALMS)
                      .expirationAfterCreate((realmId, clients) -> TIME_TO_LIVE)
                      .loader(realmId -> load(sessions, realmId))
                      .build());
    }
  }

  /** Whether a client has opted in; one that registered itself cannot. */
  static boolean hasOptedIn(ClientModel client) {
    return OptIn.isIn(client) && !OptIn.isSelfRegistered(client);
  }

  /** Hears of the changes that other nodes make. */
  void listen(KeycloakSession session) {
    copies.listen(session);
  }

  /** The ids (not the {@code client_id}s) of those that have; no more than two. */
  List<String> of(RealmModel realm) {
    return known.get(realm.getId());
  }

  /** Asks anew everywhere once the change of a client is committed: sooner, it is not seen. */
  void changedAfterCommit(KeycloakSession session, ClientModel client) {
    copies.forgetAfterCommit(session, new ClientChanged(client.getRealm().getId(), client.getId()));
  }

  void close() {
    known.close();
  }

  private void forget(ClientChanged changed) {
    known.invalidate(changed.realmId());
  }

  private static List<String> load(KeycloakSessionFactory sessions, String realmId) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session -> {
          RealmModel realm = session.realms().getRealm(realmId);
          return realm == null
              ? List.of()
              : realm
                  .getClientsStream()
                  .filter(ApiClients::hasOptedIn)
                  .limit(ENOUGH)
                  .map(ClientModel::getId)
                  .toList();
        });
  }
}
