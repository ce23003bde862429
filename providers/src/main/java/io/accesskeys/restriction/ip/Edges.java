package io.accesskeys.restriction.ip;

import java.util.List;

/**
 * Where a set of addresses of one width begins, ends, begins again, and so on. As bare numbers and
 * searched without branches that depend on them: with objects and Java's own binary search a list
 * of 200 ranges cost a third more than one of a single range.
 */
final class Edges {

  private final long[] high;
  private final long[] low;

  /**
   * @param edges in ascending order
   */
  Edges(List<IpAddress> edges) {
    // The order of unsigned numbers is that of signed ones with the first bit turned.
    this.high = edges.stream().mapToLong(edge -> edge.high() ^ Long.MIN_VALUE).toArray();
    this.low = edges.stream().mapToLong(edge -> edge.low() ^ Long.MIN_VALUE).toArray();
  }

  /** Whether the address lies behind a beginning and not yet behind its end. */
  boolean surround(IpAddress address) {
    return passed(address.high() ^ Long.MIN_VALUE, address.low() ^ Long.MIN_VALUE) % 2 == 1;
  }

  /** Whether every address in this set is in the other, which has addresses of the same width. */
  boolean isWithin(Edges other) {
    for (int begin = 0; begin < high.length; begin += 2) {
      int passed = other.passed(high[begin], low[begin]);
      if (passed % 2 == 0 || !endsBy(begin + 1, passed, other)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an edge here lies no further than one of the other; without an edge, at the end. */
  private boolean endsBy(int edge, int end, Edges other) {
    return end == other.high.length
        || (edge < high.length && isPassed(edge, other.high[end], other.low[end]));
  }

  private int passed(long addressHigh, long addressLow) {
    int passed = 0;
    for (int left = high.length; left > 0; ) {
      int step = (left + 1) >>> 1;
      passed += isPassed(passed + step - 1, addressHigh, addressLow) ? step : 0;
      left = left - step;
    }
    return passed;
  }

  private boolean isPassed(int edge, long addressHigh, long addressLow) {
    return high[edge] == addressHigh ? low[edge] <= addressLow : high[edge] < addressHigh;
  }
}
