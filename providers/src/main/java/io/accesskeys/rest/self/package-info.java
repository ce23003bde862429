/** A person's own keys and applications, and what a key can do with itself. */
package io.accesskeys.rest.self;
