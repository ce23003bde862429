package io.accesskeys.oauth.directgrant;

import io.accesskeys.key.KeyKind;

/** Registers the step in which an API key stands in place of a password. */
public final class ApiKeyAuthenticatorFactory extends KeyAuthenticatorFactory {

  public ApiKeyAuthenticatorFactory() {
    super(KeyKind.API_KEY);
  }

  @Override
  public String getId() {
    return API_KEY;
  }

  @Override
  public String getHelpText() {
    return "For direct grant flows. The parameter password is an API key, which acts as its client's"
        + " service account; username may be absent, or name the client or its service account."
        + " Anything else is refused, unless an alternative follows.";
  }
}
