package io.accesskeys.issue;

import io.accesskeys.key.KeyKind;
import io.accesskeys.restriction.Restriction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The key that somebody wishes for.
 *
 * @param client the {@code client_id} of the API client
 * @param scopes names of grantable scopes; none means none
 * @param expiresAt empty for the policy's default
 */
public record KeyRequest(
    KeyKind kind,
    String name,
    String client,
    List<String> scopes,
    Optional<Instant> expiresAt,
    List<Restriction> restrictions) {}
