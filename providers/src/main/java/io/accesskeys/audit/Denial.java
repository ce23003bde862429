package io.accesskeys.audit;

import java.util.Map;
import java.util.Optional;

/**
 * A refused use of a key.
 *
 * @param way the entry point, such as {@code introspection}
 * @param reason a word of a short, fixed list
 * @param keyId the public id, if the text had one
 * @param ofKnownKey whether there is such a key: other ids anybody can make up, as many as they
 *     like
 * @param ofHolder whether whoever was refused has shown the secret of the key
 * @param details further details of the event; words of short lists, nothing of the request
 */
public record Denial(
    String way,
    String reason,
    Optional<String> keyId,
    boolean ofKnownKey,
    boolean ofHolder,
    Map<String, String> details) {}
