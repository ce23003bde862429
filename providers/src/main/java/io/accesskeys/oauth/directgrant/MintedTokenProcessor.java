package io.accesskeys.oauth.directgrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.token.Minting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AuthorizationDetailsJSONRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * Makes the token of a direct grant with a key the one that our own grant would give: its claims,
 * its end, its id that names our grant, and nothing of default scopes that the key was never
 * granted. Leaves all other tokens alone.
 */
final class MintedTokenProcessor implements TokenPostProcessor {

  private static final String TYPE = "type";

  private final KeycloakSession session;

  MintedTokenProcessor(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public void process(TokenPostProcessorContext context) {
    AcceptedKey.keptIn(session).ifPresent(key -> process(context, key));
  }

  private void process(TokenPostProcessorContext context, AcceptedKey key) {
    if (context.refreshToken() != null || !isAsDecided(context, key)) {
      throw new TokenInterceptorException(
          OAuthErrorException.INVALID_GRANT, "The access key is not valid here");
    }
    AccessToken minted =
        new Minting(session)
            .mint(
                key.accepted(),
                key.rights(),
                key.facts().caller(),
                List.of(),
                new EventBuilder(session.getContext().getRealm(), session))
            .getAccessToken();
    AccessToken token = context.accessToken();
    AccessToken.Confirmation bound = token.getConfirmation();
    replace(token, minted);
    token.setConfirmation(bound);
    context
        .clientSessionCtx()
        .setAttribute(
            Constants.AUTHORIZATION_DETAILS_RESPONSE,
            key.rights().authorizationDetails().stream()
                .map(MintedTokenProcessor::answered)
                .toList());
    UseRecorder.accepted(session, RefusedGrant.WAY, key.accepted(), key.facts());
  }

  /**
   * Whether no other step of the flow has made it the sign-in of somebody else, or a stored one.
   */
  private static boolean isAsDecided(TokenPostProcessorContext context, AcceptedKey key) {
    AuthenticatedClientSessionModel client = context.clientSessionCtx().getClientSession();
    UserSessionModel user = client.getUserSession();
    return user.getPersistenceState() == SessionPersistenceState.TRANSIENT
        && user.getUser().getId().equals(key.accepted().owner().getId())
        && client.getClient().getId().equals(key.accepted().apiClient().getId());
  }

  /**
   * One of the details as RFC 9396 section 7 has the answer repeat it. As members of no known type:
   * a key's details may have any under a name that Keycloak gives a type.
   */
  private static AuthorizationDetailsJSONRepresentation answered(JsonNode detail) {
    AuthorizationDetailsJSONRepresentation answered = new AuthorizationDetailsJSONRepresentation();
    answered.setType(detail.path(TYPE).textValue());
    detail.properties().stream()
        .filter(member -> !member.getKey().equals(TYPE))
        .forEach(member -> answered.setCustomData(member.getKey(), member.getValue()));
    return answered;
  }

  /** Keycloak signs the object that it has, so that one takes over all of the other. */
  private static void replace(AccessToken token, AccessToken by) {
    try {
      token.getOtherClaims().clear();
      ObjectNode content = JsonSerialization.createObjectNode(by);
      JsonSerialization.createObjectNode(token)
          .fieldNames()
          .forEachRemaining(
              claim -> {
                if (!content.has(claim)) {
                  content.putNull(claim);
                }
              });
      JsonSerialization.mapper.readerForUpdating(token).readValue(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
