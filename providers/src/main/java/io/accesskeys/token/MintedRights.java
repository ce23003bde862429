package io.accesskeys.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.http.DetailsJson;
import io.accesskeys.key.AuthorizationDetails;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.DetailsTypes;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;

/**
 * What a JWT for a key says: all that the key may do now, or what a token request leaves of it.
 *
 * @param scopes names of scopes, at most those of the decision
 * @param authorizationDetails RFC 9396 objects, covered by those of the key
 */
public record MintedRights(Set<String> scopes, List<JsonNode> authorizationDetails) {

  public MintedRights {
    scopes = Set.copyOf(scopes);
    authorizationDetails = List.copyOf(authorizationDetails);
  }

  /** All that the key may do now. */
  public static MintedRights of(Accepted accepted) {
    return new MintedRights(accepted.scopes(), accepted.key().grant().authorizationDetails());
  }

  /**
   * What the parameters {@code scope} and {@code authorization_details} (RFC 9396 section 6) of a
   * token request leave; a parameter that is not there leaves everything.
   *
   * @throws ExcessiveRightsException if they ask for more than the key has
   */
  public static MintedRights requested(Accepted accepted, MultivaluedMap<String, String> form)
      throws ExcessiveRightsException {
    MintedRights all = of(accepted);
    String scope = form.getFirst(OAuth2Constants.SCOPE);
    String details = form.getFirst(OAuth2Constants.AUTHORIZATION_DETAILS);
    return new MintedRights(
        scope == null ? all.scopes : scopes(scope, all.scopes),
        details == null ? all.authorizationDetails : details(details, accepted));
  }

  /** The names of the scopes that a token request asks for; none if it asks for all there are. */
  public static Set<String> named(MultivaluedMap<String, String> form) {
    String scope = form.getFirst(OAuth2Constants.SCOPE);
    return scope == null ? Set.of() : words(scope);
  }

  private static Set<String> words(String parameter) {
    return Stream.of(parameter.split(" "))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Set<String> scopes(String parameter, Set<String> allowed)
      throws ExcessiveRightsException {
    Set<String> requested = words(parameter);
    if (!allowed.containsAll(requested)) {
      throw new ExcessiveRightsException(
          OAuthErrorException.INVALID_SCOPE, "The access key does not have these scopes");
    }
    return requested;
  }

  private static List<JsonNode> details(String parameter, Accepted accepted)
      throws ExcessiveRightsException {
    List<JsonNode> requested = read(parameter);
    if (requested.isEmpty()
        || !AuthorizationDetails.cover(accepted.key().grant().authorizationDetails(), requested)
        || !DetailsTypes.of(accepted.apiClient()).containsAll(types(requested))) {
      throw new ExcessiveRightsException(
          Errors.INVALID_AUTHORIZATION_DETAILS,
          "The access key does not have these authorization_details");
    }
    return requested;
  }

  private static List<JsonNode> read(String parameter) throws ExcessiveRightsException {
    return DetailsJson.find(parameter)
        .orElseThrow(
            () ->
                new ExcessiveRightsException(
                    Errors.INVALID_AUTHORIZATION_DETAILS,
                    "authorization_details is no list of RFC 9396"));
  }

  private static Set<String> types(List<JsonNode> details) {
    return details.stream()
        .map(detail -> detail.path("type").textValue())
        .collect(Collectors.toSet());
  }
}
