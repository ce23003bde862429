/** Reports of keys that were found in public, and their rate limit. */
package io.accesskeys.rest.exposed;
