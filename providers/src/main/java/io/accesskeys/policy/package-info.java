/**
 * What a realm allows: settings with their bounds and defaults, where they are stored, how they are
 * read and changed.
 */
package io.accesskeys.policy;
