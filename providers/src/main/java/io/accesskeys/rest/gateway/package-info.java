/**
 * Forward authentication: what gateways such as nginx, Caddy and Envoy ask before they let a
 * request pass.
 */
package io.accesskeys.rest.gateway;
