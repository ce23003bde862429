package io.accesskeys.management.api;

/**
 * A change that was made, for an admin event as Keycloak's own endpoint would leave it.
 *
 * @param path of what was changed, below the realm's
 * @param representation how it is now, or what was added
 */
public record Applied(Change change, String path, Object representation) {}
