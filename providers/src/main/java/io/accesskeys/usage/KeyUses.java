package io.accesskeys.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The uses of one key that were seen and not written yet. Not safe for threads: whoever has it
 * holds its place in the map.
 */
final class KeyUses {

  /** The most addresses of a key that are told apart. */
  static final int MOST_ADDRESSES = 20;

  /** Stands for further addresses, and for uses whose address nobody knew. */
  static final String OTHERS = "*";

  static final String UNKNOWN = "?";

  /** For how many days an address keeps its place. */
  static final int MONTH = 30;

  private final Map<SecretDay, Counts> days = new TreeMap<>();
  private final Map<Seen, Times> seen = new HashMap<>();
  private List<RefusedUse> refusals = List.of();

  /**
   * One version of the secret on one day.
   *
   * @param day days since the epoch, in UTC
   * @param secret its number; 0 if it is not known
   */
  record SecretDay(int day, int secret) implements Comparable<SecretDay> {
    @Override
    public int compareTo(SecretDay other) {
      int byDay = Integer.compare(day, other.day);
      return byDay != 0 ? byDay : Integer.compare(secret, other.secret);
    }
  }

  /** Something that was named or came along. */
  record Seen(SeenType type, String name) {}

  /** What kinds of such things there are. */
  enum SeenType {
    SCOPE,
    ADDRESS,
    ENTRY_POINT
  }

  /** What was counted on a day. */
  static final class Counts {
    long accepted;
    long unnamed;
    long refused;
    long wrong;
    long reported;

    private void add(Counts other) {
      accepted += other.accepted;
      unnamed += other.unnamed;
      refused += other.refused;
      wrong += other.wrong;
      reported += other.reported;
    }
  }

  /** When something was seen first and last, in days since the epoch, and how often. */
  static final class Times {
    int first;
    int last;
    long uses;

    private Times(int day) {
      first = day;
      last = day;
    }

    private void add(Times other) {
      first = Math.min(first, other.first);
      last = Math.max(last, other.last);
      uses += other.uses;
    }
  }

  Map<SecretDay, Counts> days() {
    return days;
  }

  Map<Seen, Times> seen() {
    return seen;
  }

  List<RefusedUse> refusals() {
    return refusals;
  }

  Counts on(int day, int secret) {
    return days.computeIfAbsent(new SecretDay(day, secret), unused -> new Counts());
  }

  void saw(SeenType type, String name, int day) {
    Seen what = new Seen(type, name);
    Times times = seen.get(what);
    if (times == null) {
      if (type == SeenType.ADDRESS && !name.equals(OTHERS) && addresses() >= MOST_ADDRESSES) {
        saw(type, OTHERS, day);
        return;
      }
      times = new Times(day);
      seen.put(what, times);
    }
    times.last = Math.max(times.last, day);
    times.uses++;
  }

  void refused(RefusedUse use) {
    refusals = LastRefusals.plus(refusals, use);
  }

  /** This and what was seen meanwhile. */
  KeyUses and(KeyUses later) {
    later.days.forEach((day, counts) -> on(day.day(), day.secret()).add(counts));
    later.seen.forEach(
        (what, times) -> {
          Times known = seen.putIfAbsent(what, times);
          if (known != null) {
            known.add(times);
          }
        });
    refusals = LastRefusals.merged(refusals, later.refusals);
    return this;
  }

  private long addresses() {
    return seen.keySet().stream().filter(one -> one.type() == SeenType.ADDRESS).count();
  }
}
