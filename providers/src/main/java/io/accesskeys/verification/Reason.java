package io.accesskeys.verification;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a key was refused: for events, metrics and those who may know, never for the holder. */
public enum Reason {
  INSECURE_TRANSPORT,
  IN_URL,
  SEVERAL_CREDENTIALS,
  MALFORMED,
  /** It is one of another system's keys, for which the last day has passed or was never set. */
  LEGACY_ENDED,
  /** Too much came from this address lately; what was sent was not looked at. */
  RATE_LIMITED,
  /** An account's own password, where keys are taken and passwords are not. */
  ACCOUNT_PASSWORD,
  /** An account's own password is wrong, or there is no such account. */
  WRONG_PASSWORD,
  /** Somebody has guessed at this account's password too often. */
  LOCKED_OUT,
  /** The account's person has something to do first, such as setting a new password. */
  REQUIRED_ACTION,
  /** The account has a second factor, which a password alone must not pass by. */
  SECOND_FACTOR,
  UNKNOWN,
  WRONG_SECRET,
  RETIRED_SECRET,
  PENDING,
  SUSPENDED,
  EXPIRED,
  REVOKED,
  EXPOSED,
  /** The realm has switched this kind of key off. */
  KIND_DISABLED,
  REALM_DISABLED,
  OWNER_MISSING,
  /** The user federation that knows the owner does not answer. */
  OWNER_UNREACHABLE,
  OWNER_DISABLED,
  OWNER_CLIENT_DISABLED,
  API_CLIENT_MISSING,
  API_CLIENT_DISABLED,
  API_CLIENT_RULE,
  RESTRICTION,
  /** The user name beside the key is not that of its owner. */
  WRONG_USER,
  WRONG_CLIENT,
  /** The client authenticates otherwise than by a secret, or than by one that is sent so. */
  WRONG_AUTHENTICATOR,
  WRONG_KIND,
  INSUFFICIENT_SCOPE,
  /** The one who asks is not in the audience of what the key gives. */
  WRONG_AUDIENCE;

  /** Whether it is found out only of a key that exists; before that an id is whatever was sent. */
  boolean isOfKnownKey() {
    return this != UNKNOWN && this != INSECURE_TRANSPORT;
  }

  /**
   * Whether it is found out only of somebody who has shown the secret of the key, or a token that
   * was minted from it. What others do must not push out what the owner wants to see.
   */
  boolean isOfHolder() {
    return switch (this) {
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
          false;
      case LEGACY_ENDED,
          RETIRED_SECRET,
          PENDING,
          SUSPENDED,
          EXPIRED,
          REVOKED,
          EXPOSED,
          KIND_DISABLED,
          REALM_DISABLED,
          OWNER_MISSING,
          OWNER_UNREACHABLE,
          OWNER_DISABLED,
          OWNER_CLIENT_DISABLED,
          API_CLIENT_MISSING,
          API_CLIENT_DISABLED,
          API_CLIENT_RULE,
          RESTRICTION,
          WRONG_USER,
          WRONG_CLIENT,
          WRONG_AUTHENTICATOR,
          WRONG_KIND,
          INSUFFICIENT_SCOPE,
          WRONG_AUDIENCE ->
          true;
    };
  }

  /** The reason of this word; empty if it is none of this version. */
  public static Optional<Reason> of(String wireName) {
    return Stream.of(values()).filter(one -> one.wireName().equals(wireName)).findFirst();
  }

  /** The word in events and metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
