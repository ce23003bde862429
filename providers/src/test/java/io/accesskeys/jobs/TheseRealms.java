package io.accesskeys.jobs;

import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.services.DefaultKeycloakSessionFactory;

/**
 * The sessions of the usual factory, for which there are no realms but these, in this order: other
 * tests have left hundreds of theirs.
 */
final class TheseRealms extends DefaultKeycloakSessionFactory {

  private final List<String> ids;

  TheseRealms(SampleRealm... realms) {
    this.ids =
        Stream.of(realms).map(realm -> realm.ask((session, model) -> model.getId())).toList();
  }

  @Override
  public KeycloakSession create() {
    KeycloakSession session = LocalKeycloak.started().create();
    return Partial.over(
        KeycloakSession.class,
        session,
        (method, arguments) ->
            Optional.<Object>of(session)
                .filter(any -> method.equals("realms"))
                .map(any -> realms(session)));
  }

  private RealmProvider realms(KeycloakSession session) {
    RealmProvider all = session.realms();
    return Partial.over(
        RealmProvider.class,
        all,
        (method, arguments) ->
            Optional.<Object>of(ids)
                .filter(any -> method.equals("getRealmsStream"))
                .map(any -> stream(all)));
  }

  private Stream<RealmModel> stream(RealmProvider all) {
    return ids.stream().map(all::getRealm);
  }
}
