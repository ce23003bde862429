package io.accesskeys.store;

import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.keycloak.cluster.ClusterEvent;

/** Tells the other nodes that a client has changed; the name it is sent by says in what. */
@ProtoTypeId(948_101)
public final class ClientChanged implements ClusterEvent {

  private final String realmId;
  private final String clientId;

  @ProtoFactory
  public ClientChanged(String realmId, String clientId) {
    this.realmId = realmId;
    this.clientId = clientId;
  }

  /** The id of the realm. */
  @ProtoField(1)
  public String realmId() {
    return realmId;
  }

  /** The id (not the {@code client_id}) of the client. */
  @ProtoField(2)
  public String clientId() {
    return clientId;
  }
}
