package io.accesskeys.restriction;

/**
 * A client that has authenticated itself.
 *
 * @param id what stays when it is renamed, and what another that is made under its name does not
 *     have
 * @param clientId its {@code client_id}
 */
public record CallingClient(String id, String clientId) {}
