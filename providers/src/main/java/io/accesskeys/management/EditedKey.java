package io.accesskeys.management;

import io.accesskeys.key.AccessKey;

/**
 * What a key becomes by an edit.
 *
 * @param key with the version that was read
 */
public record EditedKey(AccessKey key, Effect effect) {

  /** What an edit does to the rights of a key. */
  public enum Effect {
    /** It can do what it could, or less. */
    NO_MORE,
    /** It can do something that it could not, or from where it could not. */
    MORE
  }
}
