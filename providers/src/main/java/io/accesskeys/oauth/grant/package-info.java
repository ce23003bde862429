/**
 * The grant type of the token endpoint that trades a key for a JWT, and the UMA grant, which
 * refuses such JWTs.
 */
package io.accesskeys.oauth.grant;
