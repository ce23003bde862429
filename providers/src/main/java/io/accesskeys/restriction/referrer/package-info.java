/** Restricts a key to websites. */
package io.accesskeys.restriction.referrer;
