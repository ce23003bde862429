package io.accesskeys.key;

import java.util.Arrays;
import java.util.Optional;

/** Who a key acts as. */
public enum KeyKind {
  /** Acts as the service account of a client. */
  API_KEY("api-key", "API key", "kcak"),
  /** Acts as a person, never stronger than that person is at this moment. */
  PERSONAL_ACCESS_TOKEN("personal-access-token", "Personal access token", "kcpat"),
  /** Authenticates a client where Keycloak takes its secret, and does nothing else. */
  CLIENT_SECRET("client-secret", "Client secret", "kccs");

  private final String wireName;
  private final String label;
  private final String defaultPrefix;

  KeyKind(String wireName, String label, String defaultPrefix) {
    this.wireName = wireName;
    this.label = label;
    this.defaultPrefix = defaultPrefix;
  }

  /** The name in requests, responses, claims and the database. */
  public String wireName() {
    return wireName;
  }

  /** What people call it, in English. */
  public String label() {
    return label;
  }

  /** The prefix of new keys where the realm names no other. */
  public String defaultPrefix() {
    return defaultPrefix;
  }

  /** The kind of this wire name; empty for any other text. */
  public static Optional<KeyKind> of(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }
}
