/**
 * The signatures of an SPI of Keycloak 26.8 that we implement and that no release we compile
 * against has. The jar is built without this package: Keycloak brings the real one.
 */
package org.keycloak.protocol.oidc.verifier;
