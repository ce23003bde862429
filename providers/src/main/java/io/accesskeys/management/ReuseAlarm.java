package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.WhenRetiredUsed;
import io.accesskeys.store.KeyStore;
import jakarta.persistence.PersistenceException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What becomes of a key whose retired secret is used: by a program that was forgotten, or by
 * somebody who has found or stolen it. The owner is told, once a day and secret. By policy the key
 * is suspended; not by default, since one forgotten program must not stop the others.
 */
public final class ReuseAlarm {

  private static final Logger LOG = Logger.getLogger(ReuseAlarm.class);

  private ReuseAlarm() {}

  /**
   * Raises the alarm, in a transaction of its own: the request at hand is about to be refused, and
   * may be rolled back.
   *
   * @param text what was presented
   * @param keyId the key it is a secret of
   */
  public static void raise(KeycloakSession asked, PresentedKey text, String keyId, Instant now) {
    String realmId = asked.getContext().getRealm().getId();
    try {
      KeycloakModelUtils.runJobInTransaction(
          asked.getKeycloakSessionFactory(),
          asked.getContext(),
          session -> raise(session, session.realms().getRealm(realmId), text, keyId, now));
    } catch (ModelDuplicateException e) {
      // Another node has raised it at the same moment, with all that belongs to it.
      LOG.debugf("The alarm about key %s was raised elsewhere", keyId);
    } catch (ModelException | PersistenceException e) {
      // The secret is refused all the same, and its next use raises it.
      LOG.warnf("The alarm about key %s could not be raised", keyId);
      LOG.debug("An alarm could not be raised", e);
    }
  }

  private static void raise(
      KeycloakSession session, RealmModel realm, PresentedKey text, String keyId, Instant now) {
    session.getContext().setRealm(realm);
    KeyStore store = session.getProvider(KeyStore.class);
    Optional<AccessKey> key = store.find(realm, keyId);
    Optional<KeySecret> retired =
        key.flatMap(known -> known.secretOf(text)).filter(secret -> secret.retiredAt(now));
    if (retired.isEmpty()) {
      return;
    }
    new Notices(session, realm)
        .tell(NoticeKind.REUSED, occasion(retired.get(), now), key.get(), now);
    RealmPolicy policy = RealmPolicy.of(session, realm);
    if (policy.whenRetiredUsed() == WhenRetiredUsed.SUSPEND
        && key.get().validity().revoked().isEmpty()) {
      new KeyManager(session, policy, new SecureRandom(), now)
          .suspend(key.get(), Optional.empty(), new Actor.Alarm());
    }
  }

  private static String occasion(KeySecret secret, Instant now) {
    return secret.number() + "/" + now.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
