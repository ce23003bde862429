package io.accesskeys.it.stock;

import java.util.Map;
import java.util.stream.Collectors;

/** The table of {@code docs/stock.md}. */
final class StockTable {

  private static final String HEAD = "\n| request | without the jar | with it |\n|---|---|---|\n";

  private StockTable() {}

  /** All groups, each with its rows. */
  static String of(Map<StockRequest, StockAnswer> without, Map<StockRequest, StockAnswer> with) {
    return without.keySet().stream()
        .map(StockRequest::group)
        .distinct()
        .map(
            group ->
                "\n### "
                    + group
                    + "\n"
                    + HEAD
                    + without.entrySet().stream()
                        .filter(entry -> entry.getKey().group().equals(group))
                        .map(
                            entry ->
                                row(entry.getKey(), entry.getValue(), with.get(entry.getKey())))
                        .collect(Collectors.joining()))
        .collect(Collectors.joining());
  }

  private static String row(StockRequest request, StockAnswer without, StockAnswer with) {
    return "| %s | %s | %s |%n"
        .formatted(request.name(), without.summary(), difference(request, with));
  }

  private static String difference(StockRequest request, StockAnswer with) {
    if (request.differs()) {
      return with.summary();
    }
    return request
        .adds()
        .map(
            addition ->
                "the same, and `"
                    + addition.value()
                    + (addition.pointer().equals("/")
                        ? "`"
                        : "` in `" + addition.pointer().replaceFirst("^/", "") + "`"))
        .orElse("the same");
  }
}
