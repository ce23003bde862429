/** Token exchange (RFC 8693): a gateway trades a key for a JWT. */
package io.accesskeys.oauth.exchange;
