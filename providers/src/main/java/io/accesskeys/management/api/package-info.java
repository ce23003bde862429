/** API clients: every rule that one breaks, and what makes a client one. */
package io.accesskeys.management.api;
