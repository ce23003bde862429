package io.accesskeys.oauth.directgrant;

import io.accesskeys.key.KeyKind;

/** Registers the step in which a personal access token stands in place of the password. */
public final class PersonalAccessTokenAuthenticatorFactory extends KeyAuthenticatorFactory {

  public PersonalAccessTokenAuthenticatorFactory() {
    super(KeyKind.PERSONAL_ACCESS_TOKEN);
  }

  @Override
  public String getId() {
    return PERSONAL_ACCESS_TOKEN;
  }

  @Override
  public String getHelpText() {
    return "For direct grant flows. The parameter password is a personal access token of the person"
        + " whom username names. Anything else is refused, unless an alternative follows.";
  }
}
