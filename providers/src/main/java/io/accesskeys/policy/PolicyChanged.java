package io.accesskeys.policy;

import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.keycloak.cluster.ClusterEvent;

/** Tells the other nodes that what is kept of a realm's policy has changed. */
@ProtoTypeId(948_110)
public final class PolicyChanged implements ClusterEvent {

  private final String realmId;

  @ProtoFactory
  public PolicyChanged(String realmId) {
    this.realmId = realmId;
  }

  /** The id of the realm. */
  @ProtoField(1)
  public String realmId() {
    return realmId;
  }
}
