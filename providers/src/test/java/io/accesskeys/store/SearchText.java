package io.accesskeys.store;

import java.util.List;

/** The way of tests in other packages to what reads a search here. */
public final class SearchText {

  private SearchText() {}

  /** Reads a text as where a page ended, and as the beginning of a name. */
  public static void read(String text) {
    NameOrder.endOf(text);
    try {
      NameOrder.checked(SearchOrder.of(List.of()).place(text).value());
    } catch (IllegalArgumentException e) {
      // It is no cursor.
    }
  }
}
