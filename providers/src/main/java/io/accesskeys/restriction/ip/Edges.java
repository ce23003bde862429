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
    long addressHigh = address.high() ^ Long.MIN_VALUE;
    long addressLow = address.low() ^ Long.MIN_VALUE;
    int passed = 0;
    for (int left = high.length; left > 0; ) {
      int step = (left + 1) >>> 1;
      passed += isPassed(passed + step - 1, addressHigh, addressLow) ? step : 0;
      left = left - step;
    }
    return passed % 2 == 1;
  }

  private boolean isPassed(int edge, long addressHigh, long addressLow) {
    return high[edge] == addressHigh ? low[edge] <= addressLow : high[edge] < addressHigh;
  }
}
