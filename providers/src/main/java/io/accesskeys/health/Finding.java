package io.accesskeys.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Something that is wrong.
 *
 * @param subject what it is about, in words that stay the same while it lasts, such as the id of a
 *     client and a rule; never a secret
 * @param where what it is about, for people, such as {@code client orders-api}
 * @param what what is wrong; a sentence without its full stop
 * @param next what to do; a sentence without its full stop
 */
public record Finding(
    FindingKind kind, List<String> subject, String where, String what, String next) {

  /** A finding that says what its kind says. */
  static Finding of(FindingKind kind, List<String> subject, String where) {
    return new Finding(kind, subject, where, kind.meaning(), kind.wayOut());
  }

  /** The same finding has the same id, on every node and at every time. */
  public String id(String realmId) {
    List<String> words = new ArrayList<>(List.of(realmId, kind.wireName()));
    words.addAll(subject);
    return UUID.nameUUIDFromBytes(String.join("|", words).getBytes(UTF_8)).toString();
  }
}
