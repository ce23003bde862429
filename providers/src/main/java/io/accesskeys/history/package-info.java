/**
 * What was done to a key, by whom, and what it was before and after: a row for each change, written
 * in the transaction of the change.
 */
package io.accesskeys.history;
