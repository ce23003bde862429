package io.accesskeys.store;

import org.keycloak.models.ClientModel;

/** What a client says of itself, and whether that says anything of what the realm wants. */
public final class OptIn {

  /** The client attribute by which an administrator makes a client an API client. */
  public static final String ENABLED = "access-keys.enabled";

  private OptIn() {}

  /** Whether the client is to be an API client. */
  public static boolean isIn(ClientModel client) {
    return Boolean.parseBoolean(client.getAttribute(ENABLED));
  }

  /**
   * Whether dynamic registration has made this client (RFC 7591): whoever registered it has chosen
   * its attributes and can change them, so they say nothing of what the realm wants.
   */
  public static boolean isSelfRegistered(ClientModel client) {
    return client.getRegistrationToken() != null;
  }
}
