package io.accesskeys.store;

import java.util.List;
import java.util.stream.Stream;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.keycloak.cluster.ClusterEvent;

/** Tells the other nodes that keys were deleted, many in one message. */
@ProtoTypeId(948_102)
public final class KeysRemoved implements ClusterEvent {

  private final String realmId;
  private final String keyIds;

  @ProtoFactory
  public KeysRemoved(String realmId, String keyIds) {
    this.realmId = realmId;
    this.keyIds = keyIds;
  }

  static KeysRemoved of(String realmId, List<String> ids) {
    return new KeysRemoved(realmId, String.join(" ", ids));
  }

  /** The public ids of the keys, one space between them. */
  @ProtoField(1)
  public String keyIds() {
    return keyIds;
  }

  /** The id of their realm. */
  @ProtoField(2)
  public String realmId() {
    return realmId;
  }

  List<KeyId> ids() {
    return Stream.of(keyIds.split(" ")).map(id -> new KeyId(realmId, id)).toList();
  }
}
