/** Revocation by clients (RFC 7009). */
package io.accesskeys.rest.revocation;
