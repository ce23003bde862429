package io.accesskeys.restriction;

import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The clients of a realm, as Keycloak has them now. */
public final class RealmClientNames implements ClientNames {

  private final Supplier<RealmModel> realm;

  private RealmClientNames(Supplier<RealmModel> realm) {
    this.realm = realm;
  }

  /** Of this realm. */
  public static ClientNames of(RealmModel realm) {
    return new RealmClientNames(() -> realm);
  }

  /** Of whatever realm the session is about when somebody asks. */
  static ClientNames of(KeycloakSession session) {
    return new RealmClientNames(session.getContext()::getRealm);
  }

  @Override
  public Optional<String> idOf(String clientId) {
    return Optional.ofNullable(realm.get().getClientByClientId(clientId)).map(ClientModel::getId);
  }

  @Override
  public Optional<String> clientIdOf(String id) {
    return Optional.ofNullable(realm.get().getClientById(id)).map(ClientModel::getClientId);
  }
}
