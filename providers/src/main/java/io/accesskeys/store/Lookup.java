package io.accesskeys.store;

import jakarta.persistence.criteria.Predicate;
import java.util.List;
import java.util.function.Function;

/**
 * How the keys of one criterion are found.
 *
 * @param order in which they come, and the index that has it
 * @param conditions what it asks of the rows, all of it
 */
record Lookup(SearchOrder order, Function<Conditions, List<Predicate>> conditions) {}
