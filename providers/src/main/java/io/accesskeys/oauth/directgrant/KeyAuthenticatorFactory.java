package io.accesskeys.oauth.directgrant;

import io.accesskeys.key.KeyKind;
import java.util.List;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** What the two steps that take keys have in common. */
abstract class KeyAuthenticatorFactory implements AuthenticatorFactory {

  static final String PERSONAL_ACCESS_TOKEN = "personal-access-token-authenticator";
  static final String API_KEY = "api-key-authenticator";

  /** Of all steps that take keys; in realm exports: never to change. */
  static final Set<String> IDS = Set.of(PERSONAL_ACCESS_TOKEN, API_KEY);

  private static final Requirement[] REQUIREMENTS = {
    Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED
  };

  private final KeyKind kind;
  private final Authenticator authenticator;

  KeyAuthenticatorFactory(KeyKind kind) {
    this.kind = kind;
    this.authenticator = new KeyAuthenticator(kind);
  }

  @Override
  public final Authenticator create(KeycloakSession session) {
    return authenticator;
  }

  @Override
  public final String getDisplayType() {
    return kind.label();
  }

  /** None of those for which Keycloak counts wrong guesses. */
  @Override
  public final String getReferenceCategory() {
    return kind.wireName();
  }

  /** All there is to say of a key is said where it is made, and in the policy. */
  @Override
  public final boolean isConfigurable() {
    return false;
  }

  @Override
  public final List<ProviderConfigProperty> getConfigProperties() {
    return List.of();
  }

  @Override
  public final Requirement[] getRequirementChoices() {
    return REQUIREMENTS.clone();
  }

  @Override
  public final boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public final void init(Config.Scope config) {}

  @Override
  public final void postInit(KeycloakSessionFactory factory) {}

  @Override
  public final void close() {}
}
