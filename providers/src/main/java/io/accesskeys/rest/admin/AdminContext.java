package io.accesskeys.rest.admin;

import io.accesskeys.http.BodyText;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.key.AccessKey;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** What every resource of the admin API works with: one request of one administrator. */
record AdminContext(
    KeycloakSession session,
    RealmModel realm,
    AdminPermissionEvaluator auth,
    AdminEventBuilder events,
    SecureRandom random,
    Instant now) {

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

  /** The id of the administrator. */
  String adminId() {
    return auth.adminAuth().getUser().getId();
  }

  KeyRepresentation shown(AccessKey key) {
    return KeyRepresentation.of(session, key, now).withOwner(session, key);
  }

  /** Tells the owner of a key. */
  void tell(NoticeKind kind, AccessKey key) {
    new Notices(session, realm).tell(kind, key, now);
  }

  /** Leaves an admin event about a key. */
  void event(OperationType what, AccessKey key, KeyRepresentation representation) {
    events
        .operation(what)
        .resourcePath("access-keys", key.id())
        .representation(representation)
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
