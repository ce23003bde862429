package io.accesskeys.oauth.introspection;

/**
 * The same provider for requests that hint at an access key: {@code token_type_hint=access-key}.
 */
public final class AccessKeyHintProviderFactory extends AccessKeyIntrospectionProviderFactory {

  @Override
  public String getId() {
    return "access-key";
  }
}
