package io.accesskeys.audit;

import java.util.Optional;

/**
 * A refused use of a key.
 *
 * @param way the way in, such as {@code introspection}
 * @param reason a word of a short, fixed list
 * @param keyId the public id, if the text had one
 * @param rule the rule that an API client breaks, if that was the reason
 */
public record Denial(String way, String reason, Optional<String> keyId, Optional<String> rule) {}
