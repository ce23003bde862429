package io.accesskeys.signin.address;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose attributes may list further addresses. The words are in realm exports: never to change. */
enum AttributeSource {
  REALM,
  CLIENT,
  /** Every group that the user is in, and the groups above them. */
  GROUP,
  USER;

  static Optional<AttributeSource> of(String word) {
    return Stream.of(values()).filter(source -> source.word().equals(word)).findFirst();
  }

  /** How the config names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
