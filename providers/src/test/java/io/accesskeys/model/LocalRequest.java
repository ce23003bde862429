package io.accesskeys.model;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/**
 * A request without a body.
 *
 * @param sent what RESTEasy makes of it
 * @param address of whoever has sent it, as text
 */
public record LocalRequest(MockHttpRequest sent, String address)
    implements HttpRequest, ClientConnection {

  private static final String ADDRESS = "203.0.113.7";

  /** From somewhere on the Internet. */
  public static LocalRequest to(String uri) {
    return to(uri, ADDRESS);
  }

  /** From this address. */
  public static LocalRequest to(String uri, String address) {
    try {
      return new LocalRequest(MockHttpRequest.get(uri), address);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Makes it the request at hand. */
  public void enter(KeycloakSession session) {
    session.getContext().setHttpRequest(this);
    session.getContext().setConnection(this);
  }

  @Override
  public String getHttpMethod() {
    return sent.getHttpMethod();
  }

  @Override
  public MultivaluedMap<String, String> getDecodedFormParameters() {
    return new MultivaluedHashMap<>();
  }

  @Override
  public MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
    return new MultivaluedHashMap<>();
  }

  @Override
  public HttpHeaders getHttpHeaders() {
    return sent.getHttpHeaders();
  }

  @Override
  public X509Certificate[] getClientCertificateChain() {
    return new X509Certificate[0];
  }

  @Override
  public UriInfo getUri() {
    return sent.getUri();
  }

  @Override
  public boolean isProxyTrusted() {
    return true;
  }

  @Override
  public String getRemoteHost() {
    return address;
  }

  @Override
  public String getRemoteAddr() {
    return address;
  }
}
