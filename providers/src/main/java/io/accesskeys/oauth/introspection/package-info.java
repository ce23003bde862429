/**
 * Introspection of keys and of JWTs minted from them (RFC 7662), in place of Keycloak's provider
 * for access tokens.
 */
package io.accesskeys.oauth.introspection;
