package io.accesskeys.management.api;

import io.accesskeys.verification.GrantableScopes;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;

/** The gateways of an API client: clients that its audience mappers name. */
final class Audience {

  /** The name of a mapper may have 255 characters, and so may a {@code client_id}. */
  private static final int LONGEST_QUOTED = 200;

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

  /**
   * A mapper that puts a gateway into the audience of a client's access tokens.
   *
   * @param client the client that gets the mapper, under a name that no other mapper of it has
   * @param gateway the gateway's {@code client_id}
   */
  static ProtocolMapperModel mapper(ClientModel client, String gateway) {
    Set<String> taken =
        client
            .getProtocolMappersStream()
            .map(ProtocolMapperModel::getName)
            .collect(Collectors.toSet());
    String name = "audience of " + gateway.substring(0, Math.min(gateway.length(), LONGEST_QUOTED));
    String free =
        IntStream.iterate(1, number -> number + 1)
            .mapToObj(number -> number == 1 ? name : name + " " + number)
            .filter(candidate -> !taken.contains(candidate))
            .findFirst()
            .orElseThrow();
    return AudienceProtocolMapper.createClaimMapper(free, gateway, null, true, false, true);
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
