package io.accesskeys.management.api;

/** A setting of a client scope. */
public enum ScopeSetting {
  GRANTABLE("set access-keys.grantable to true"),
  IN_TOKEN("switch include in token scope on"),
  OPEN("set access-keys.open to true"),
  NOT_OPEN("remove access-keys.open"),
  DESCRIPTION("change the description");

  private final String words;

  ScopeSetting(String words) {
    this.words = words;
  }

  /** What is done, in words. */
  String words() {
    return words;
  }
}
