package io.accesskeys.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.key.KeyText;
import io.accesskeys.key.StorableText;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
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

  /**
   * Basic credentials of a client that cannot be decoded: no base64, or a percent sign that encodes
   * nothing (RFC 6749, section 2.3.1). Keycloak fails at them.
   */
  public static Optional<Basic.Unreadable> unreadable(HttpRequest request) {
    return Optional.ofNullable(
            request.getHttpHeaders().getRequestHeaders().getFirst(HttpHeaders.AUTHORIZATION))
        .map(Basic::read)
        .filter(Basic.Unreadable.class::isInstance)
        .map(Basic.Unreadable.class::cast);
  }

  private static Optional<PresentedSecret> inHeader(String header) {
    return Basic.read(header) instanceof Basic.Pair pair
        ? Optional.of(new PresentedSecret(pair.secret(), OIDCLoginProtocol.CLIENT_SECRET_BASIC))
        : Optional.empty();
  }

  /** What an {@code Authorization} header has of a client. */
  public sealed interface Basic {

    /** A client's name, which is not looked at here, and its secret. */
    record Pair(String secret) implements Basic {
      @Override
      public String toString() {
        return "Pair[masked]";
      }
    }

    /**
     * What cannot be decoded.
     *
     * @param clientId the name of the client, if that much can be
     */
    record Unreadable(Optional<String> clientId) implements Basic {}

    /** Something else, or nothing. */
    record Nothing() implements Basic {}

    private static Basic read(String header) {
      try {
        String[] pair = BasicAuthHelper.RFC6749.parseHeader(header);
        return pair == null ? new Nothing() : new Pair(pair[1]);
      } catch (IllegalArgumentException e) {
        return new Unreadable(clientId(header));
      }
    }

    private static Optional<String> clientId(String header) {
      try {
        String[] pair = BasicAuthHelper.parseHeader(header);
        return Optional.of(URLDecoder.decode(pair[0], UTF_8)).filter(StorableText::mayBeName);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
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
