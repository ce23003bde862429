package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;

/**
 * A key with the text of a new secret, to be shown once.
 *
 * @param key as stored
 * @param text holds the secret; its {@code toString} masks it
 */
public record IssuedKey(AccessKey key, KeyText text) {}
