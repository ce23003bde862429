package io.accesskeys.management.removal;

import io.accesskeys.management.Applications;
import io.accesskeys.management.removal.Departure.OfClient;
import io.accesskeys.management.removal.Departure.OfRealm;
import io.accesskeys.management.removal.Departure.OfScope;
import io.accesskeys.management.removal.Departure.OfUser;
import io.accesskeys.notice.Recipients;
import io.accesskeys.store.AfterCommit;
import io.accesskeys.store.DurableEntities;
import io.accesskeys.store.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.Provider;

/**
 * What is being removed in this session. Its keys are deleted right before the transaction commits,
 * and only if it has not come back by then: partial imports that overwrite and {@code kc.sh import
 * --override} delete what they import and make it again, under the same ids where the file has
 * them. Whatever is made again under another id is somebody else, and gets no keys by its name.
 *
 * <p>Keys go and mails wait in the same transaction: what is rolled back deletes nothing and tells
 * nobody. Only the applications of a person who is gone follow in another.
 */
public final class Removals implements Provider {

  private static final Logger LOG = Logger.getLogger(Removals.class);

  private final KeycloakSession session;

  private final List<Departure> departures = new ArrayList<>();

  /** By the id of the realm, an event to make others of. */
  private final Map<String, EventBuilder> events = new HashMap<>();

  private AfterCommit commit;

  /** Apart, so that what fails here keeps no copy of a deleted key in any cache. */
  private AfterCommit applications;

  Removals(KeycloakSession session) {
    this.session = session;
  }

  /** A user is about to be removed. */
  void note(RealmModel realm, UserModel user) {
    String link = user.getServiceAccountClientLink();
    if (link == null) {
      List<String> recipients = Recipients.leaving(user).toList();
      add(realm, new OfUser(realm.getId(), user.getId(), user.getUsername(), recipients, true));
      return;
    }
    // When a client is removed, its service account mostly goes after it.
    OfClient client =
        Optional.ofNullable(realm.getClientById(link))
            .map(Removals::departure)
            .or(() -> noted(link))
            .orElseGet(() -> new OfClient(realm.getId(), link, user.getUsername(), List.of()));
    add(realm, new OfUser(realm.getId(), user.getId(), client.name(), client.recipients(), false));
  }

  /** A client is about to be removed. */
  void note(ClientModel client) {
    add(client.getRealm(), departure(client));
  }

  /** A client scope is about to be removed. */
  void note(ClientScopeModel scope) {
    add(scope.getRealm(), new OfScope(scope.getRealm().getId(), scope.getId(), scope.getName()));
  }

  /** A realm was removed. Before, all of its clients were, one by one. */
  void note(RealmModel realm) {
    add(realm, new OfRealm(realm.getId()));
  }

  @Override
  public void close() {}

  private static OfClient departure(ClientModel client) {
    return new OfClient(
        client.getRealm().getId(),
        client.getId(),
        client.getClientId(),
        Recipients.of(client).toList());
  }

  private Optional<OfClient> noted(String clientId) {
    return departures.stream()
        .filter(OfClient.class::isInstance)
        .map(OfClient.class::cast)
        .filter(client -> client.id().equals(clientId))
        .findFirst();
  }

  private void add(RealmModel realm, Departure departure) {
    if (commit == null && !joins()) {
      LOG.info("The upkeep looks after keys of what is removed while a transaction commits");
      return;
    }
    departures.add(departure);
    if (departure instanceof OfUser || departure instanceof OfClient) {
      events.computeIfAbsent(realm.getId(), unused -> Erasure.unsent(session, realm));
    }
  }

  /**
   * Makes all that is needed when the commit has begun: Keycloak lets nothing join it then.
   *
   * @return false if it has begun already
   */
  private boolean joins() {
    try {
      commit = AfterCommit.in(session);
      applications = AfterCommit.in(session);
    } catch (IllegalStateException e) {
      LOG.debug("Too late to join the transaction", e);
      return false;
    }
    session
        .getTransactionManager()
        .enlistPrepare(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                settle();
              }

              @Override
              protected void rollbackImpl() {}
            });
    session.realms();
    session.users();
    DurableEntities.of(session);
    return true;
  }

  private void settle() {
    Set<String> realms =
        departures.stream()
            .filter(OfRealm.class::isInstance)
            .map(Departure::realmId)
            .collect(Collectors.toSet());
    realms.forEach(this::settleRealm);
    departures.stream()
        .filter(departure -> !realms.contains(departure.realmId()))
        .forEach(departure -> settle(session.realms().getRealm(departure.realmId()), departure));
  }

  /**
   * A realm that was imported over itself keeps all keys for now: its people may come in later
   * transactions. Those who do not come are left to the upkeep.
   */
  private void settleRealm(String realmId) {
    if (session.realms().getRealm(realmId) == null) {
      int keys = session.getProvider(KeyStore.class).removal(commit).removeAll(realmId);
      commit.then(() -> LOG.infof("Realm %s was removed with %d access keys", realmId, keys));
    }
  }

  private void settle(RealmModel realm, Departure departure) {
    if (departure instanceof OfUser user && new Owners(session, realm).isGone(user.id())) {
      erasure(realm).ofOwner(user.id(), user.name(), user.recipients());
      if (user.isPerson()) {
        applications.then(() -> leave(user));
      }
    } else if (departure instanceof OfClient client && realm.getClientById(client.id()) == null) {
      erasure(realm).forClient(client.id(), client.name(), client.recipients());
    } else if (departure instanceof OfScope scope && realm.getClientScopeById(scope.id()) == null) {
      ScopeRemoval told = new ScopeRemoval(session, realm, scope);
      session.getProvider(KeyStore.class).removal(commit).removeScope(realm, scope.id(), told);
    }
  }

  private Erasure erasure(RealmModel realm) {
    return new Erasure(session, realm, events.get(realm.getId()), commit);
  }

  /** In a transaction of its own: the removal of a client has much join it. */
  private void leave(OfUser person) {
    KeycloakModelUtils.runJobInTransaction(
        session.getKeycloakSessionFactory(),
        another -> {
          RealmModel realm = another.realms().getRealm(person.realmId());
          if (realm != null) {
            another.getContext().setRealm(realm);
            new Applications(another, realm).leave(person.id());
          }
        });
  }
}
