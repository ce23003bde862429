/**
 * What a key is: text form, hash, dates, state at an instant. No JAX-RS, no JPA, no Keycloak
 * session.
 */
package io.accesskeys.key;
