package io.accesskeys.store;

import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.keycloak.cluster.ClusterEvent;

/**
 * Tells the other nodes that a realm has got keys of another system: what was unknown may be one.
 */
@ProtoTypeId(948_103)
public final class LegacyImported implements ClusterEvent {

  private final String realmId;

  @ProtoFactory
  public LegacyImported(String realmId) {
    this.realmId = realmId;
  }

  /** The id of the realm. */
  @ProtoField(1)
  public String realmId() {
    return realmId;
  }
}
