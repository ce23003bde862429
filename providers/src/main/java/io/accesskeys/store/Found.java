package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import java.util.List;
import java.util.Optional;

/**
 * A page of keys.
 *
 * @param next where the next page begins, as opaque text; empty if this was the last
 */
public record Found(List<AccessKey> keys, Optional<String> next) {}
