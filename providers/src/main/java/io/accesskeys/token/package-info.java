/** Minting a JWT from a key, and everything that keeps it narrow at Keycloak's own endpoints. */
package io.accesskeys.token;
