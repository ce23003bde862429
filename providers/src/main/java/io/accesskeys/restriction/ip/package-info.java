/** Restricts a key to IP addresses: literal IPv4 and IPv6, CIDR ranges, exceptions. */
package io.accesskeys.restriction.ip;
