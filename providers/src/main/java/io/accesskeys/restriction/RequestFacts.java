package io.accesskeys.restriction;

import java.time.Instant;
import java.util.Optional;

/**
 * What a decision may know about a request.
 *
 * @param clientAddress the address of whoever presents the key, as text and not yet looked at;
 *     empty if nobody vouches for one
 * @param at the instant of the request
 */
public record RequestFacts(Optional<String> clientAddress, Instant at) {}
