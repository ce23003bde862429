package io.accesskeys.rest.admin;

import io.accesskeys.history.RecordedActor;
import io.accesskeys.http.BodyText;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.management.Actor;
import io.accesskeys.management.AdminTrail;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyManager;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** What every resource of the admin API works with: one request of one administrator. */
record AdminContext(
    KeycloakSession session,
    RealmModel realm,
    AdminPermissionEvaluator auth,
    AdminEventBuilder events,
    SecureRandom random,
    Instant now)
    implements AdminTrail {

  static AdminContext of(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder events,
      SecureRandom random) {
    return new AdminContext(
        session, realm, auth, events.resource("ACCESS_KEY"), random, Requests.now());
  }

  OwnerPermissions permissions() {
    return new OwnerPermissions(session, realm, auth);
  }

  RealmPolicy policy() {
    return RealmPolicy.of(session, realm);
  }

  KeyStore store() {
    return session.getProvider(KeyStore.class);
  }

  /**
   * The JSON in a body.
   *
   * @throws InvalidRequestException if it is not UTF-8
   */
  String json(byte[] body) throws InvalidRequestException {
    return BodyText.json(session, body);
  }

  /** The administrator as an actor on keys. */
  Actor.Administrator actor() {
    AdminAuth who = auth.adminAuth();
    RecordedActor user =
        new RecordedActor(
            ActorKind.ADMINISTRATOR,
            Optional.of(who.getUser().getId()),
            Optional.ofNullable(who.getUser().getUsername()),
            Optional.of(who.getRealm())
                .filter(of -> !of.getId().equals(realm.getId()))
                .map(RealmModel::getName));
    return new Actor.Administrator(user, permissions(), this);
  }

  KeyManager manager() {
    return new KeyManager(session, policy(), random, now);
  }

  KeyRepresentation shown(AccessKey key) {
    return KeyRepresentation.of(session, key, now).withOwner(session, key);
  }

  @Override
  public void left(Change change, AccessKey key) {
    OperationType operation =
        switch (change) {
          case CREATED -> OperationType.CREATE;
          case UPDATED -> OperationType.UPDATE;
          case REVOKED -> OperationType.DELETE;
        };
    events
        .operation(operation)
        .resourcePath("access-keys", key.id())
        .representation(shown(key))
        .success();
  }

  @Override
  public void revoked(List<String> ids) {
    events
        .operation(OperationType.DELETE)
        .resourcePath("access-keys")
        .representation(Map.of("revoked", ids))
        .success();
  }

  @Override
  public void imported(Map<String, Long> results) {
    events
        .operation(OperationType.ACTION)
        .resourcePath("access-keys", "import")
        .representation(results)
        .success();
  }

  /** 200, which no cache may keep. */
  static Response ok(Object entity) {
    return Response.ok(entity).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  static Response conflict(String detail) {
    return Problem.of(Problem.Kind.CONFLICT, detail).response().build();
  }
}
