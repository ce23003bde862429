package io.accesskeys.management.api;

/** A setting of a client. */
public enum ClientSetting {
  OPT_IN("set access-keys.enabled to true"),
  OPT_OUT("set access-keys.enabled to false"),
  NO_FULL_SCOPE("switch full scope allowed off"),
  NO_REFRESH_TOKENS("set use.refresh.tokens to false"),
  NOT_OPEN("remove scopes that need roles from access-keys.open-scopes");

  private final String words;

  ClientSetting(String words) {
    this.words = words;
  }

  /** What is done, in words. */
  String words() {
    return words;
  }
}
