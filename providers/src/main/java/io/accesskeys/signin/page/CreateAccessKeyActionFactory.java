package io.accesskeys.signin.page;

import io.accesskeys.policy.PolicyEditor;
import io.accesskeys.policy.PolicySetting;
import io.accesskeys.policy.RealmPolicy;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.userprofile.ValidationException.ValidationExceptionBuilder;
import org.keycloak.validate.ValidationError;

/**
 * Registers the page on which a person creates a key while signing in. Its config is the realm's
 * policy: the Admin Console edits it under Authentication, Required actions.
 */
public final class CreateAccessKeyActionFactory implements RequiredActionFactory {

  private final SecureRandom random = new SecureRandom();

  @Override
  public RequiredActionProvider create(KeycloakSession session) {
    return new CreateAccessKeyAction(random);
  }

  @Override
  public String getDisplayText() {
    return RealmPolicy.ACTION_NAME;
  }

  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    return PolicySetting.ALL.stream().map(PolicySetting::property).toList();
  }

  /**
   * @throws ValidationException with an error for every setting that is wrong
   */
  @Override
  public void validateConfig(
      KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
    Map<String, String> sent = model.getConfig() == null ? Map.of() : model.getConfig();
    // Locked: the endpoint of the policy takes its row before the config, and so must Keycloak,
    // which writes the config next and has us write the row then.
    Map<String, String> invalid = PolicyEditor.locked(session, realm).wrong(sent);
    if (invalid.isEmpty()) {
      return;
    }
    // The model may be the one in Keycloak's realm cache: it must not go on saying what was sent.
    model.setConfig(realm.getRequiredActionProviderByAlias(model.getAlias()).getConfig());
    ValidationExceptionBuilder errors = new ValidationExceptionBuilder();
    invalid.forEach(
        (setting, rule) ->
            errors.accept(new ValidationError(getId(), setting, setting + " " + rule)));
    throw errors.build();
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return RealmPolicy.ACTION;
  }
}
