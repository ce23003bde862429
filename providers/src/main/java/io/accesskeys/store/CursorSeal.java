package io.accesskeys.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Hides a cursor from whoever is given it: it may stand at a key that they may not see. Encrypted
 * with the realm's own AES key, so that every node can go on from there.
 */
final class CursorSeal {

  /** No other cursor begins so. */
  private static final String SEALED = "~";

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** More than a sealed cursor takes. */
  private static final int MAX = 512;

  private final Supplier<SecretKey> key;
  private final byte[] purpose;

  /**
   * @param key asked for only if there is something to seal or to open
   */
  CursorSeal(Supplier<SecretKey> key, String realmId) {
    this.key = key;
    this.purpose = ("access-keys:cursor:1 " + realmId).getBytes(UTF_8);
  }

  static CursorSeal of(KeycloakSession session, RealmModel realm) {
    return new CursorSeal(
        () -> session.keys().getActiveKey(realm, KeyUse.ENC, Algorithm.AES).getSecretKey(),
        realm.getId());
  }

  String close(String cursor) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key.get());
      cipher.updateAAD(purpose);
      byte[] sealed = cipher.doFinal(cursor.getBytes(UTF_8));
      byte[] nonce = cipher.getIV();
      byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
      return SEALED + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The realm's AES key does not encrypt", e);
    }
  }

  /**
   * The cursor in what {@link #close} gave; any other text as it is.
   *
   * @throws InvalidCursorException if it was sealed elsewhere, or with a key that is gone
   */
  String open(String cursor) {
    if (!cursor.startsWith(SEALED)) {
      return cursor;
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(cursor.substring(SEALED.length()));
      if (cursor.length() > MAX || whole.length < NONCE_BYTES) {
        throw new IllegalArgumentException("Of another length than any cursor");
      }
      Cipher cipher = Cipher.getInstance(CIPHER);
      GCMParameterSpec nonce = new GCMParameterSpec(TAG_BITS, whole, 0, NONCE_BYTES);
      cipher.init(Cipher.DECRYPT_MODE, key.get(), nonce);
      cipher.updateAAD(purpose);
      return new String(cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidCursorException(e);
    } catch (GeneralSecurityException e) {
      throw new InvalidCursorException(new IllegalArgumentException(e));
    }
  }
}
