package io.accesskeys.ascode;

import java.util.Arrays;

/** A row of the table in configuration-as-code.md: what a tool carries, or loses. */
enum Carried {
  API_CLIENT("API client and its flags"),
  SCOPES("client scopes and their attributes"),
  SCOPE_ROLES("roles that scopes map"),
  OWNER_ROLES("roles of the owner"),
  POLICY("policy"),
  KEYS("keys"),
  OTHER_ACTIONS("Keycloak's own required actions, if the file lists only ours"),
  DEFAULT("a secret `${NAME:default}`"),
  UNSET("a secret `${NAME}`, `NAME` not set"),
  UNREADABLE_POLICY("a policy setting that cannot be read"),
  KEYS_AFTER_SECOND_RUN("a second run: existing keys"),
  ROLES_AFTER_SECOND_RUN("a second run: roles that scopes map");

  private final String label;

  Carried(String label) {
    this.label = label;
  }

  /** The row with this text in its first cell. */
  static Carried of(String label) {
    return Arrays.stream(values())
        .filter(row -> row.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No row is measured as: " + label));
  }
}
