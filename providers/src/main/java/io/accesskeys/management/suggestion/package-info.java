/** What a key needs by what it was used for, and what a change of it would have refused. */
package io.accesskeys.management.suggestion;
