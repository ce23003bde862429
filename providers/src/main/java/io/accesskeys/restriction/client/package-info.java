/** Restricts a key to calling clients. */
package io.accesskeys.restriction.client;
