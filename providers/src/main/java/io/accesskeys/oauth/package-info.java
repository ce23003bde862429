/**
 * What Keycloak's protocol endpoints share when they take keys: the off switch of an override, the
 * facts that a caller reports, secrets over plain HTTP.
 */
package io.accesskeys.oauth;
