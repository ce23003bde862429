package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.verification.KeyOwner;

/**
 * What an administrator may do, by Keycloak's own evaluator. Each method ends the request of
 * somebody who may not, with the exception that Keycloak answers with 403.
 */
public interface AdminPermissions {

  /** To change, suspend, resume or revoke a key. */
  void requireManage(AccessKey key);

  /** To widen a key or to get its new secret, which is to act as its owner. */
  void requireActingAs(AccessKey key);

  /** To make a key for this owner, which is the same. */
  void requireActingAs(KeyOwner owner);

  /** To store keys with secrets that only a file knows, for anybody. */
  void requireEverything();

  /** Whether the administrator may manage a key; of several, the others are left alone. */
  boolean canManage(AccessKey key);
}
