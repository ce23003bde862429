package io.accesskeys.management.api;

import io.accesskeys.management.api.ApiDeclaration.Scope;
import io.accesskeys.model.SampleRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientRepresentation;

/** A sample realm in which API clients are prepared, and what they are to be. */
final class PreparedRealm {

  /** An API that the realm does not have yet. */
  static final String NEW = "shop-api";

  private final SampleRealm realm = new SampleRealm();

  static Scope scope(String name, String... roles) {
    return new Scope(name, Optional.empty(), List.of(roles), false);
  }

  static Scope open(String name) {
    return new Scope(name, Optional.empty(), List.of(), true);
  }

  static ApiDeclaration api(String client, Scope... scopes) {
    return new ApiDeclaration(client, List.of(scopes), List.of(), false);
  }

  static ApiDeclaration takingOver(ApiDeclaration declared) {
    return new ApiDeclaration(declared.client(), declared.scopes(), declared.gateways(), true);
  }

  static ApiDeclaration behind(ApiDeclaration declared, String... gateways) {
    return new ApiDeclaration(
        declared.client(), declared.scopes(), List.of(gateways), declared.takeOver());
  }

  void change(BiConsumer<ClientModel, RealmModel> work) {
    realm.change(
        (session, model) -> work.accept(model.getClientByClientId(SampleRealm.API), model));
  }

  SampleRealm sample() {
    return realm;
  }

  /** The plan, one line a change: what is changed, its name and how. */
  List<String> changes(ApiDeclaration declared) {
    return lines(plan(declared));
  }

  List<Step> steps(ApiDeclaration declared) {
    return plan(declared).steps();
  }

  /** What stands in the way, by member; none if nothing does. */
  Map<String, String> obstacles(ApiDeclaration declared) {
    return realm.ask(
        (session, model) -> {
          try {
            ApiPlanner.plan(model, declared);
            return Map.of();
          } catch (ApiConflictException e) {
            return e.reasons();
          }
        });
  }

  /** Makes the changes, and gives the paths of what was changed. */
  List<String> prepare(ApiDeclaration declared) {
    return realm.ask(
        (session, model) ->
            apply(session, model, declared, planned(model, declared)).map(Applied::path).toList());
  }

  ApiCheck check(String client) {
    return realm.ask((session, model) -> ApiCheck.of(model.getClientByClientId(client)));
  }

  private ApiPlan plan(ApiDeclaration declared) {
    return realm.ask((session, model) -> planned(model, declared));
  }

  private static Stream<Applied> apply(
      KeycloakSession session, RealmModel model, ApiDeclaration declared, ApiPlan plan) {
    ApiChanges changes = new ApiChanges(session, model, declared.client(), new NoHooks());
    List<Applied> applied = new ArrayList<>();
    plan.changes().forEach(change -> applied.add(change.accept(changes)));
    return applied.stream();
  }

  private static ApiPlan planned(RealmModel model, ApiDeclaration declared) {
    try {
      return ApiPlanner.plan(model, declared);
    } catch (ApiConflictException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> lines(ApiPlan plan) {
    return plan.changes().stream()
        .map(one -> one.resource() + " " + one.operation() + " " + one.name() + ": " + one.detail())
        .toList();
  }

  /** A realm without client policies. */
  private static final class NoHooks implements ClientHooks {
    @Override
    public void beforeMaking(ClientRepresentation proposed) {}

    @Override
    public void made(ClientModel client) {}

    @Override
    public void beforeChanging(ClientRepresentation proposed, ClientModel client) {}

    @Override
    public void changed(ClientRepresentation proposed, ClientModel client) {}
  }
}
