/**
 * What keys are used for: uses by day, what they named and where they came from, and the last
 * refusals. Kept in memory by a verification, written in batches.
 */
package io.accesskeys.usage;
