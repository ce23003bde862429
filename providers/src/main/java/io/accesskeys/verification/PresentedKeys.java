package io.accesskeys.verification;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.LegacyText;
import io.accesskeys.key.Pepper;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.store.LegacyKeys;
import io.accesskeys.store.Peppers;
import io.accesskeys.verification.Decision.Refused;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What presented text is: a key by its form, a key of another system by what the realm's policy
 * says of such texts, or neither. All entry points ask here.
 */
public final class PresentedKeys {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;

  /** For the realm of this session. */
  public PresentedKeys(KeycloakSession session) {
    this(session, RealmPolicy.of(session, session.getContext().getRealm()));
  }

  PresentedKeys(KeycloakSession session, RealmPolicy policy) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
  }

  /**
   * The key that this text may be.
   *
   * @param text anything, of any length; null is not a key
   * @return empty if it is neither of our form nor what the realm takes for a legacy key today;
   *     found out without any look-up
   */
  public Optional<PresentedKey> read(String text) {
    return readAnyDay(text)
        .filter(key -> !(key instanceof LegacyText) || policy.legacyTexts().areAcceptedAt(now()));
  }

  /** The same, also after the last day for legacy keys: to find them, not to let anybody in. */
  public Optional<PresentedKey> readAnyDay(String text) {
    Optional<KeyText> key = KeyText.parse(text);
    if (key.isPresent()) {
      return key.map(PresentedKey.class::cast);
    }
    return fitsLegacy(text) ? Optional.of(LegacyText.of(text, pepper())) : Optional.empty();
  }

  /** Whether this text would be a legacy key if the last day for these had not passed. */
  public boolean isEndedLegacy(String text) {
    return fitsLegacy(text) && !policy.legacyTexts().areAcceptedAt(now());
  }

  /** The public id of the key that this may be; of a legacy key, if there is one. */
  public Optional<String> id(PresentedKey key) {
    return key instanceof LegacyText text
        ? LegacyKeys.of(session).idOf(realm, text)
        : key.namedId();
  }

  /** The ids of those that may be keys; legacy texts are looked for together. */
  public Map<PresentedKey, String> ids(Collection<PresentedKey> keys) {
    List<LegacyText> legacy =
        keys.stream().filter(LegacyText.class::isInstance).map(LegacyText.class::cast).toList();
    Map<PresentedKey, String> ids =
        new LinkedHashMap<>(LegacyKeys.allStored(session, realm, legacy));
    keys.forEach(key -> key.namedId().ifPresent(id -> ids.put(key, id)));
    return ids;
  }

  /**
   * The key of this text, its secret not looked at, at most a few seconds old. For verification.
   */
  public Optional<AccessKey> cached(PresentedKey key) {
    KeyStore store = session.getProvider(KeyStore.class);
    return id(key).flatMap(id -> store.cached(realm, id)).filter(row -> fits(row, key));
  }

  /** The refusal of a text that is no secret of the key that was found. */
  Refused mistaken(PresentedKey text, AccessKey found) {
    if (text instanceof LegacyText legacy) {
      // It was remembered for a key that has lost this secret.
      LegacyKeys.of(session).forget(realm, legacy);
      return Refused.of(Reason.UNKNOWN);
    }
    return Refused.of(Reason.WRONG_SECRET, found.id());
  }

  /** Whether this row can be that of the key, its secret not looked at. */
  public static boolean fits(AccessKey row, PresentedKey key) {
    return !(key instanceof KeyText own) || row.prefix().equals(own.prefix());
  }

  private boolean fitsLegacy(String text) {
    return text != null && policy.legacyTexts().areNamed() && policy.keyTexts().isLegacy(text);
  }

  private Optional<Pepper> pepper() {
    return policy.legacyTexts().pepper().flatMap(entry -> Peppers.of(session).get(session, entry));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
