package io.accesskeys.transfer;

import io.accesskeys.management.InvalidRequestException;

/** Text of a table that somebody imports. */
public final class TableText {

  private TableText() {}

  /**
   * Reads all of it.
   *
   * @throws InvalidRequestException if it is no table
   */
  public static void read(String text) throws InvalidRequestException {
    Csv.lines(text, Integer.MAX_VALUE).forEach(line -> line.forEach(LegacyHash::read));
  }
}
