package io.accesskeys.management;

import io.accesskeys.key.Label;
import io.accesskeys.key.StorableText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks what people write on keys. */
public final class Labels {

  private static final int MAX_NAME = 120;
  private static final int MAX_DESCRIPTION = 500;

  /** How many members the metadata of a key may have. */
  public static final int MAX_ENTRIES = 20;

  private static final int MAX_KEY = 40;
  private static final int MAX_VALUE = 200;
  private static final int MAX_REASON = 255;

  private Labels() {}

  /**
   * The label without blanks at its ends.
   *
   * @throws InvalidRequestException naming what is too long, empty or not printable
   */
  public static Label checked(Label label) throws InvalidRequestException {
    String name = name(label.name());
    Optional<String> description =
        label.description().map(String::strip).filter(text -> !text.isEmpty());
    if (description.isPresent()) {
      printable("description", description.get(), MAX_DESCRIPTION);
    }
    return new Label(name, description, metadata(label.metadata()));
  }

  /**
   * A name without blanks at its ends.
   *
   * @throws InvalidRequestException if it is too long, or nobody could read it
   */
  public static String name(String text) throws InvalidRequestException {
    String name = text.strip();
    if (name.isEmpty()) {
      throw new InvalidRequestException("name", "must have 1 to " + MAX_NAME + " characters");
    }
    printable("name", name, MAX_NAME);
    return name;
  }

  /**
   * A reason without blanks at its ends; an empty one is none.
   *
   * @throws InvalidRequestException if it is too long or not printable
   */
  public static Optional<String> reason(Optional<String> text) throws InvalidRequestException {
    Optional<String> reason = text.map(String::strip).filter(words -> !words.isEmpty());
    if (reason.isPresent()) {
      printable("reason", reason.get(), MAX_REASON);
    }
    return reason;
  }

  private static Map<String, String> metadata(Map<String, String> metadata)
      throws InvalidRequestException {
    if (metadata.size() > MAX_ENTRIES) {
      throw new InvalidRequestException(
          "metadata", "must have at most " + MAX_ENTRIES + " members");
    }
    for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
      if (!entry.getKey().matches("[A-Za-z0-9._-]{1," + MAX_KEY + "}")) {
        throw new InvalidRequestException(
            "metadata",
            "must have names of 1 to " + MAX_KEY + " letters, digits, dots, dashes, underscores");
      }
      printable("metadata." + entry.getKey(), entry.getValue(), MAX_VALUE);
    }
    return metadata;
  }

  private static void printable(String field, String text, int max) throws InvalidRequestException {
    if (text.length() > max) {
      throw new InvalidRequestException(field, "must have at most " + max + " characters");
    }
    if (text.chars().anyMatch(Labels::isControl)) {
      throw new InvalidRequestException(field, "must have no control characters");
    }
    if (StorableText.isReplaced(text)) {
      throw new InvalidRequestException(
          field, "has the character U+FFFD, which stands for what could not be read: send UTF-8");
    }
    if (StorableText.turnsText(text)) {
      throw new InvalidRequestException(
          field,
          "must have no characters that change the direction of text: U+202A to U+202E,"
              + " U+2066 to U+2069");
    }
    if (!text.isBlank() && !StorableText.isVisible(text)) {
      throw new InvalidRequestException(field, "must have at least one visible character");
    }
  }

  /** The two separators of lines and paragraphs end a line as a line feed does. */
  private static boolean isControl(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
