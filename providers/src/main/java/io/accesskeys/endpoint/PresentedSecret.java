package io.accesskeys.endpoint;

import io.accesskeys.key.KeyText;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCClientSecretConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.util.BasicAuthHelper;
import org.keycloak.utils.StringUtil;

/**
 * A secret that a request presents as its client's, read as Keycloak reads it.
 *
 * @param method how it was sent, by the name in {@code token_endpoint_auth_methods_supported}
 */
public record PresentedSecret(String text, String method) {

  /** Every secret in a request: in the header, and in the form. */
  public static List<PresentedSecret> in(HttpRequest request) {
    List<PresentedSecret> found = new ArrayList<>();
    HttpHeaders headers = request.getHttpHeaders();
    Optional.ofNullable(headers.getRequestHeaders().getFirst(HttpHeaders.AUTHORIZATION))
        .flatMap(PresentedSecret::inHeader)
        .ifPresent(found::add);
    MediaType type = headers.getMediaType();
    if (type != null && type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
      request
          .getDecodedFormParameters()
          .getOrDefault(OAuth2Constants.CLIENT_SECRET, List.of())
          .stream()
          .map(text -> new PresentedSecret(text, OIDCLoginProtocol.CLIENT_SECRET_POST))
          .forEach(found::add);
    }
    return found;
  }

  private static Optional<PresentedSecret> inHeader(String header) {
    try {
      return Optional.ofNullable(BasicAuthHelper.RFC6749.parseHeader(header))
          .map(pair -> new PresentedSecret(pair[1], OIDCLoginProtocol.CLIENT_SECRET_BASIC));
    } catch (IllegalArgumentException e) {
      // A percent sign that encodes nothing. Keycloak takes no secret from it either.
      return Optional.empty();
    }
  }

  /** The key that it is; empty for a plain secret. */
  public Optional<KeyText> key() {
    return KeyText.parse(text);
  }

  /** Whether the client may send its secret so. */
  public boolean mayBeSentBy(ClientModel client) {
    String only =
        OIDCClientSecretConfigWrapper.fromClientModel(client)
            .getClientSecretAuthenticationAllowedMethod();
    return StringUtil.isBlank(only) || only.equals(method);
  }

  /** Masked: it may be a secret of Keycloak's own. */
  @Override
  public String toString() {
    return "PresentedSecret[" + method + "]";
  }
}
