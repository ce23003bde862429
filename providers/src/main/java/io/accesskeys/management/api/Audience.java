package io.accesskeys.management.api;

import io.accesskeys.verification.GrantableScopes;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;

/** The gateways of an API client: clients that its audience mappers name. */
final class Audience {

  private Audience() {}

  /**
   * The {@code client_id}s that the mappers of the client, its default scopes and its grantable
   * scopes put into the audience of access tokens; sorted.
   */
  static Stream<String> of(ClientModel client) {
    return Stream.of(
            Stream.of(client),
            client.getClientScopes(true).values().stream(),
            GrantableScopes.menu(client))
        .flatMap(containers -> containers.flatMap(Audience::named))
        .distinct()
        .sorted();
  }

  /** Those that the client's own mappers name, whatever is granted. */
  static Stream<String> ofItsOwn(ClientModel client) {
    return named(client);
  }

  private static Stream<String> named(ProtocolMapperContainerModel container) {
    return container
        .getProtocolMappersStream()
        .filter(mapper -> AudienceProtocolMapper.PROVIDER_ID.equals(mapper.getProtocolMapper()))
        .filter(OIDCAttributeMapperHelper::includeInAccessToken)
        .map(ProtocolMapperModel::getConfig)
        .map(config -> config.get(AudienceProtocolMapper.INCLUDED_CLIENT_AUDIENCE))
        .filter(Objects::nonNull)
        .filter(name -> !name.isBlank());
  }
}
