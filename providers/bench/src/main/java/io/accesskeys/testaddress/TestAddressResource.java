package io.accesskeys.testaddress;

import io.accesskeys.request.ClientAddress;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;

/** What Keycloak makes of the addresses of a request. */
public final class TestAddressResource {

  private final KeycloakSession session;

  TestAddressResource(KeycloakSession session) {
    this.session = session;
  }

  /** The remote address and the remote host of this request, and our word on it; a line each. */
  @GET
  @Produces(MediaType.TEXT_PLAIN)
  public String seen() {
    ClientConnection connection = session.getContext().getConnection();
    return String.join(
        "\n",
        String.valueOf(connection.getRemoteAddr()),
        String.valueOf(connection.getRemoteHost()),
        ClientAddress.of(session).orElse("unknown"));
  }

  /** The address that the server's JVM finds for a name; {@code none} if it finds none. */
  @GET
  @Path("resolved")
  @Produces(MediaType.TEXT_PLAIN)
  public String resolved(@QueryParam("name") String name) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      return "none";
    }
  }
}
