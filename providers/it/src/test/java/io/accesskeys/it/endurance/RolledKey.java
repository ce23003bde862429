package io.accesskeys.it.endurance;

import io.accesskeys.bench.realm.TestKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the answers to its rolls have said of a key; several threads write it down. */
final class RolledKey {

  private final TestKey made;
  private final NavigableMap<Integer, Shown> shown = new ConcurrentSkipListMap<>();
  private final AtomicInteger unanswered = new AtomicInteger();

  RolledKey(TestKey made) {
    this.made = made;
    shown(made, Former.ENDED);
  }

  /** What a roll has done to the secrets before it. */
  enum Former {
    ENDED,
    RETIRING
  }

  /** A secret that an answer showed. */
  record Shown(TestKey key, Former former) {}

  /** The key as it was made. */
  TestKey made() {
    return made;
  }

  /** Writes down a whole answer. A version has one secret: two answers cannot both show it. */
  void shown(TestKey key, Former former) {
    Shown before = shown.putIfAbsent(key.version(), new Shown(key, former));
    if (before != null) {
      throw new AssertionError("Two answers show version " + key.version() + " of " + key.id());
    }
  }

  /** Writes down that no answer has come: the key was rolled or was not. */
  void unanswered() {
    unanswered.incrementAndGet();
  }

  int mayHaveBeenRolled() {
    return unanswered.get();
  }

  int timesShown() {
    return shown.size();
  }

  /** The newest secret that whoever rolls the key knows of. */
  Shown newest() {
    return shown.lastEntry().getValue();
  }

  /** What is known by version, newest first; of older ones the key itself remembers nothing. */
  List<Map.Entry<Integer, Shown>> latest(int count) {
    return new ArrayList<>(shown.descendingMap().entrySet())
        .subList(0, Math.min(count, shown.size()));
  }
}
