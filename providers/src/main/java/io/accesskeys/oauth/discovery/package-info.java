/** Discovery documents that name our revocation endpoint, where the realm chooses so. */
package io.accesskeys.oauth.discovery;
