package io.accesskeys.restriction;

import java.time.Instant;
import java.util.Optional;

/**
 * What a decision may know about a request.
 *
 * @param clientAddress the address of whoever presents the key, as text and not yet looked at;
 *     empty if nobody vouches for one
 * @param caller the client that presents the key, if it has authenticated itself; empty for public
 *     clients and where nobody authenticates
 * @param headers the headers of the request with which the key was presented first
 * @param at the instant of the request
 */
public record RequestFacts(
    Optional<String> clientAddress,
    Optional<CallingClient> caller,
    RequestHeaders headers,
    Instant at) {

  /** The same, presented by this client. */
  public RequestFacts by(Optional<CallingClient> client) {
    return new RequestFacts(clientAddress, client, headers, at);
  }
}
