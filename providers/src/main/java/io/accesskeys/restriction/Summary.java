package io.accesskeys.restriction;

import java.util.List;

/** Lists in the one line that sums a restriction up. */
public final class Summary {

  private static final int SHOWN = 3;

  private Summary() {}

  /** The first entries of a list, and how many more there are. */
  public static String of(List<String> entries) {
    String shown = String.join(", ", entries.subList(0, Math.min(SHOWN, entries.size())));
    return entries.size() <= SHOWN ? shown : shown + " and " + (entries.size() - SHOWN) + " more";
  }
}
