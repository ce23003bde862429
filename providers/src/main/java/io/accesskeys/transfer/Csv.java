package io.accesskeys.transfer;

import io.accesskeys.management.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated values (RFC 4180), read in one pass. */
final class Csv {

  private final String text;
  private int at;

  private Csv(String text) {
    this.text = text;
  }

  /**
   * The lines of a text, each with its fields; empty lines are left out.
   *
   * @param most how many lines there may be
   * @throws InvalidRequestException if there are more, or a quote is not closed
   */
  static List<List<String>> lines(String text, int most) throws InvalidRequestException {
    Csv csv = new Csv(text);
    List<List<String>> lines = new ArrayList<>();
    while (csv.at < text.length()) {
      List<String> line = csv.line();
      if (line.size() == 1 && line.get(0).isBlank()) {
        continue;
      }
      if (lines.size() == most) {
        throw new InvalidRequestException("", "The body must have at most " + most + " lines");
      }
      lines.add(line);
    }
    return lines;
  }

  private List<String> line() throws InvalidRequestException {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      fields.add(field());
    }
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return fields;
  }

  private String field() throws InvalidRequestException {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quoted() throws InvalidRequestException {
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append('"');
        at++;
      } else if (at == text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0) {
        return field.toString();
      } else {
        break;
      }
    }
    throw new InvalidRequestException("", "The body is not valid CSV: a quote is not closed");
  }
}
