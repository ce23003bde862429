package io.accesskeys.store;

import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.keycloak.cluster.ClusterEvent;

/** Tells the other nodes that a key is no longer what they remember. */
@ProtoTypeId(948_100)
public final class KeyChanged implements ClusterEvent {

  private final String realmId;
  private final String keyId;

  @ProtoFactory
  public KeyChanged(String realmId, String keyId) {
    this.realmId = realmId;
    this.keyId = keyId;
  }

  /** The public id of the key. */
  @ProtoField(1)
  public String keyId() {
    return keyId;
  }

  /** The id of its realm. */
  @ProtoField(2)
  public String realmId() {
    return realmId;
  }

  KeyId id() {
    return new KeyId(realmId, keyId);
  }
}
