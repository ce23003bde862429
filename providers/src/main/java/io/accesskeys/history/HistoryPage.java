package io.accesskeys.history;

import java.util.List;
import java.util.Optional;

/**
 * A part of a key's history, newest first.
 *
 * @param next the version to go on after; empty if this is the end
 */
public record HistoryPage(List<HistoryEntry> entries, Optional<Integer> next) {}
