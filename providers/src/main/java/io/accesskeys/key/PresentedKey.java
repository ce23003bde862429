package io.accesskeys.key;

import java.util.Optional;

/** What a request presents as a key: a text of our own form, or one of another system. */
public sealed interface PresentedKey permits KeyText, LegacyText {

  /** The public id that the text names; a text of another system names none. */
  Optional<String> namedId();

  /** Whether it is the secret behind this stored hash; in constant time. */
  boolean matches(SecretHash stored);
}
