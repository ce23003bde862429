package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A search by somebody who may not see every key. What they may not see is as good as not there:
 * pages are filled with other keys, {@code first} does not count it, and where a page ends tells
 * nothing about it.
 */
public final class VisibleKeys {

  /**
   * How many keys there are.
   *
   * @param atLeast whether not all were looked at, and so there may be more
   */
  public record Count(long count, boolean atLeast) {}

  /** How many rows one request looks at. Whether somebody may see a key can need a look-up. */
  static final int MOST = 2_000;

  /** How many it fetches at once, at the least: a small page among many hidden keys is no loop. */
  private static final int CHUNK = 200;

  private final SearchQuery query;
  private final Function<AccessKeyEntity, Optional<AccessKey>> visible;
  private final CursorSeal seal;
  private final int most;

  /**
   * @param query gives rows
   * @param visible the key in a row; empty if it may not be seen
   * @param seal hides where a page ends, if that is at a key that may not be seen
   * @param most how many rows to look at
   */
  VisibleKeys(
      SearchQuery query,
      Function<AccessKeyEntity, Optional<AccessKey>> visible,
      CursorSeal seal,
      int most) {
    this.query = query;
    this.visible = visible;
    this.seal = seal;
    this.most = most;
  }

  /**
   * One page. It may end before it is full, so that a request does not look at any number of keys.
   *
   * @throws InvalidCursorException if {@code after} is no end of a page of this search
   */
  public KeyPage page(KeySearch search) {
    SearchOrder order = SearchOrder.of(search.criteria());
    Optional<String> after = search.after().map(seal::open);
    List<AccessKey> keys = new ArrayList<>();
    Optional<String> end = Optional.empty();
    int skip = search.first();
    int looked = 0;
    while (looked < most) {
      // One more than the page has room for: whether there is a next page is known at once.
      int chunk = Math.min(Math.max(search.max() + 1, CHUNK), most - looked);
      List<AccessKeyEntity> rows = query.page(new KeySearch(search.criteria(), 0, chunk, after));
      for (AccessKeyEntity row : rows) {
        Optional<AccessKey> key = visible.apply(row);
        if (key.isPresent() && skip > 0) {
          skip--;
        } else if (key.isPresent() && keys.size() == search.max()) {
          return new KeyPage(keys, end, 0);
        } else if (key.isPresent()) {
          keys.add(key.get());
          end = Optional.of(order.cursor(row));
        }
      }
      if (rows.size() < chunk) {
        return new KeyPage(keys, Optional.empty(), 0);
      }
      after = Optional.of(order.cursor(rows.get(rows.size() - 1)));
      looked += rows.size();
    }
    return new KeyPage(keys, after.map(seal::close), skip);
  }

  /** How many keys can be seen of those that meet the criteria; paging is not looked at. */
  public Count count(KeySearch search) {
    List<AccessKeyEntity> rows =
        query.page(new KeySearch(search.criteria(), 0, most + 1, Optional.empty()));
    long seen = rows.stream().limit(most).filter(row -> visible.apply(row).isPresent()).count();
    return new Count(seen, rows.size() > most);
  }
}
