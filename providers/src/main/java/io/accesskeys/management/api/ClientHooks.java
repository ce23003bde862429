package io.accesskeys.management.api;

import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * What Keycloak does before and after an administrator makes or changes a client: the realm's
 * client policies and its validation. Each may end the request.
 */
public interface ClientHooks {

  /**
   * A client is about to be made.
   *
   * @param proposed may be changed by a client policy
   */
  void beforeMaking(ClientRepresentation proposed);

  /** The client is there, and the transaction is not yet committed. */
  void made(ClientModel client);

  /**
   * A client is about to be changed.
   *
   * @param proposed how the client shall be
   */
  void beforeChanging(ClientRepresentation proposed, ClientModel client);

  /**
   * A client was changed, and the transaction is not yet committed.
   *
   * @param proposed how the client is now
   */
  void changed(ClientRepresentation proposed, ClientModel client);
}
