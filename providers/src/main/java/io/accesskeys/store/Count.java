package io.accesskeys.store;

/**
 * How many keys there are.
 *
 * @param atLeast whether not all were looked at, and so there may be more
 */
public record Count(long count, boolean atLeast) {}
