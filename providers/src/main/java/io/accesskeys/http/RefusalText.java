package io.accesskeys.http;

import io.accesskeys.verification.Reason;

/**
 * A refusal in words, for the owner of the key and for administrators.
 *
 * @param detail what was wrong
 * @param fix what to do about it
 */
record RefusalText(String detail, String fix) {

  private static final String ROLL = "Roll the key, or create a new one";
  private static final String ADMINISTRATOR = "Ask an administrator of the realm";

  /** The words for a reason; one that only another version knows is named as it is. */
  static RefusalText of(String reason) {
    return Reason.of(reason)
        .map(RefusalText::of)
        .orElseGet(() -> new RefusalText("The key was refused: " + reason, ADMINISTRATOR));
  }

  private static RefusalText of(Reason reason) {
    return switch (reason) {
      case PENDING -> new RefusalText("The key is not valid yet", "Wait until notBefore");
      case SUSPENDED -> new RefusalText("The key is suspended", "Resume the key");
      case EXPIRED -> new RefusalText("The key has expired", ROLL);
      case REVOKED -> new RefusalText("The key is revoked", "Create a new key");
      case EXPOSED ->
          new RefusalText("The key was found in public", "Roll the key, and use the new secret");
      case RETIRED_SECRET ->
          new RefusalText("An old secret was used", "Use the current secret of the key");
      case KIND_DISABLED ->
          new RefusalText("Keys of this kind are disabled in the realm", ADMINISTRATOR);
      case REALM_DISABLED -> new RefusalText("The realm is disabled", ADMINISTRATOR);
      case OWNER_MISSING -> new RefusalText("The owner of the key is gone", "Create a new key");
      case OWNER_UNREACHABLE ->
          new RefusalText("The user federation of the key's owner does not answer", ADMINISTRATOR);
      case OWNER_DISABLED -> new RefusalText("The owner of the key is disabled", ADMINISTRATOR);
      case OWNER_CLIENT_DISABLED ->
          new RefusalText("The client that owns the key is disabled", ADMINISTRATOR);
      case API_CLIENT_MISSING -> new RefusalText("The API of the key is gone", "Create a new key");
      case API_CLIENT_DISABLED -> new RefusalText("The API of the key is disabled", ADMINISTRATOR);
      case API_CLIENT_RULE ->
          new RefusalText(
              "The API client breaks a rule, so all keys for it are refused",
              "Ask an administrator to look at GET …/access-keys/apis");
      case RESTRICTION ->
          new RefusalText(
              "A restriction of the key does not allow the request",
              "Use the key from where its restrictions allow, or edit them");
      case WRONG_USER ->
          new RefusalText(
              "The user name beside the key is not that of its owner",
              "Send the owner's user name, or none");
      case WRONG_CLIENT ->
          new RefusalText("The key is for another API", "Use a key that is issued for this API");
      case WRONG_AUTHENTICATOR ->
          new RefusalText(
              "The client does not authenticate with a secret that is sent so",
              "Set the client authenticator to client id and secret");
      case WRONG_KIND ->
          new RefusalText("A key of another kind is needed", "Use a key of the kind it asks for");
      case INSUFFICIENT_SCOPE ->
          new RefusalText(
              "The key does not have the scope that the request needs",
              "Add the scope to the key, or use another key");
      case WRONG_AUDIENCE ->
          new RefusalText(
              "Whoever checked the key is not in its audience",
              "Add the gateway to the audience of the API client");
      case LEGACY_ENDED ->
          new RefusalText("Keys of the former system are no longer accepted", ROLL);
      case INSECURE_TRANSPORT,
          IN_URL,
          SEVERAL_CREDENTIALS,
          MALFORMED,
          RATE_LIMITED,
          ACCOUNT_PASSWORD,
          WRONG_PASSWORD,
          LOCKED_OUT,
          REQUIRED_ACTION,
          SECOND_FACTOR,
          UNKNOWN,
          WRONG_SECRET ->
          new RefusalText("The key was refused: " + reason.wireName(), ADMINISTRATOR);
    };
  }
}
