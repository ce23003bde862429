package io.accesskeys.oauth.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.Partial;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.Config;
import org.keycloak.protocol.oidc.OIDCWellKnownProvider;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;

/** The discovery documents are Keycloak's own where an operator wants that. */
final class DiscoverySwitchTest {

  static Stream<OIDCWellKnownProviderFactory> factories() {
    return Stream.of(new OpenIdDiscoveryFactory(), new OAuthDiscoveryFactory());
  }

  /** What an operator has set, and nothing else. */
  private static Config.Scope config(boolean on) {
    return Partial.over(
        Config.Scope.class,
        Config.scope("nothing", "is-set"),
        (method, arguments) ->
            Optional.of(on)
                .filter(any -> method.equals("getBoolean"))
                .filter(any -> arguments.get(0).equals("access-keys"))
                .map(Object.class::cast));
  }

  @ParameterizedTest
  @MethodSource("factories")
  void switchedOffTheyAreKeycloaks(OIDCWellKnownProviderFactory factory) {
    factory.init(config(false));
    assertThat(factory.create(null)).isExactlyInstanceOf(OIDCWellKnownProvider.class);
  }

  @ParameterizedTest
  @MethodSource("factories")
  void otherwiseTheyAreOurs(OIDCWellKnownProviderFactory factory) {
    factory.init(config(true));
    assertThat(factory.create(null)).isInstanceOf(RevocationDiscovery.class);
  }
}
