package io.accesskeys.store;

import io.accesskeys.key.StorableText;
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
 * What is remembered of a realm's clients, because Keycloak does not: which of them have opted in
 * to access keys, and which names are no client's. Keycloak refuses to search clients by an
 * attribute that the operator has not listed, so the one takes a walk through all of them; and it
 * asks the database anew for a name that it does not find. Anybody can make us ask.
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

  /** An audience may name anything. */
  private static final int MAX_NAMES = 10_000;

  private final LocalCache<String, List<String>> known;
  private final LocalCache<Name, Boolean> nobodys;

  private final Copies<ClientChanged> copies =
      new Copies<>("access-keys-api-clients", ClientChanged.class, this::forget);

  /** What may be a client's {@code client_id}. */
  private record Name(String realmId, String clientId) {}

  ApiClients(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      LocalCacheProvider caches = session.getProvider(LocalCacheProvider.class);
      nobodys =
          caches.create(
              LocalCacheConfiguration.<Name, Boolean>builder()
                  .name("accessKeysNobodys")
                  .maxSize(MAX_NAMES)
                  .expirationAfterCreate((name, any) -> KeyCache.TIME_TO_LIVE)
                  .build());
      known =
          caches.create(
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

  /** Whether there is a client of this name, and it is disabled. */
  boolean isDisabled(RealmModel realm, String clientId) {
    Name name = new Name(realm.getId(), clientId);
    if (!StorableText.mayBeName(clientId) || nobodys.get(name) != null) {
      return false;
    }
    ClientModel client = realm.getClientByClientId(clientId);
    if (client == null) {
      nobodys.put(name, true);
    }
    return client != null && !client.isEnabled();
  }

  /** Asks anew everywhere once the change of a client is committed: sooner, it is not seen. */
  void changedAfterCommit(KeycloakSession session, ClientModel client) {
    copies.forgetAfterCommit(session, new ClientChanged(client.getRealm().getId(), client.getId()));
  }

  void close() {
    known.close();
    nobodys.close();
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
