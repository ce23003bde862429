package io.accesskeys.health;

import java.util.Locale;

/**
 * What can be wrong with what keys rely on. The names are in the health answer, in metrics and in
 * the documentation: never to change.
 */
public enum FindingKind {
  API_CLIENT_BROKEN(
      Severity.ERROR,
      "An API client breaks a rule, so no key for it is created or accepted",
      "GET …/access-keys/apis/{client_id} names every broken rule with its fix, and PUT repairs"
          + " what can be repaired"),
  SCOPE_CLOSED(
      Severity.WARNING,
      "A scope that an API client offers cannot be had, or takes a role though it is marked as open",
      "Map a role to the client scope, mark it as open, or assign it as optional: the finding says"
          + " which"),
  SCOPE_OPEN(
      Severity.WARNING,
      "A scope that takes a role can be had by everybody, because everybody has the role",
      "Map another role to the client scope, or mark it as open"),
  GATEWAY_UNUSABLE(
      Severity.WARNING,
      "A client in the audience of an API client cannot introspect keys",
      "Create or enable the client, switch on its client authentication, or remove the audience"
          + " mapper that names it"),
  POLICY_UNREADABLE(
      Severity.ERROR,
      "A setting of the policy cannot be read. Its last good value holds, and no key is created",
      "Set it to a good value, or to null for its default, with PATCH …/access-keys/policy"),
  POLICY_DIFFERS(
      Severity.WARNING,
      "The required action does not show a setting as it holds",
      "Save the policy with PUT …/access-keys/policy, or set the setting back there"),
  SECRET_PLACEHOLDER(
      Severity.ERROR,
      "The secret of a client is a placeholder such as ${NAME:default} that nobody has replaced, so"
          + " everybody who knows the realm file knows the secret",
      "Give the client a new secret. Only kc.sh import replaces placeholders; the REST API does not"),
  NO_SMTP(
      Severity.WARNING,
      "The realm has no SMTP server, so nobody is mailed before a key expires or when it is exposed",
      "Set the SMTP server under Realm settings, Email"),
  NO_FIXED_HOSTNAME(
      Severity.WARNING,
      "Neither the server nor the realm has a fixed address, so mails have no link",
      "Start Keycloak with --hostname, or set the realm's frontend URL"),
  UNTRUSTED_PROXIES(
      Severity.WARNING,
      "Whoever reaches the server directly can claim any address",
      "Start Keycloak with --proxy-trusted-addresses"),
  JOB_BEHIND(
      Severity.WARNING,
      "A job of this node has missed its time",
      "Look for warnings of io.accesskeys in the log of the node, and restart it if there are none");

  /** How bad it is. */
  public enum Severity {
    /** Keys are refused or not created, or a secret is known. */
    ERROR,
    /** Something does not do what somebody expects. */
    WARNING;

    /** The word for programs. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Severity severity;
  private final String meaning;
  private final String wayOut;

  FindingKind(Severity severity, String meaning, String wayOut) {
    this.severity = severity;
    this.meaning = meaning;
    this.wayOut = wayOut;
  }

  /** The id for programs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How bad it is. */
  public Severity severity() {
    return severity;
  }

  /** What is wrong; a sentence without its full stop. */
  public String meaning() {
    return meaning;
  }

  /** What to do; a sentence without its full stop. */
  public String wayOut() {
    return wayOut;
  }
}
