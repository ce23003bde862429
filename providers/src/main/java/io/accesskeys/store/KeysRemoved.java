package io.accesskeys.store;

import java.util.List;
import org.infinispan.protostream.annotations.ProtoFactory;
import org.infinispan.protostream.annotations.ProtoField;
import org.infinispan.protostream.annotations.ProtoTypeId;
import org.keycloak.cluster.ClusterEvent;

/** Tells the other nodes that keys were deleted, many in one message. */
@ProtoTypeId(948_102)
public final class KeysRemoved implements ClusterEvent {

  private final String keyIds;

  @ProtoFactory
  public KeysRemoved(String keyIds) {
    this.keyIds = keyIds;
  }

  static KeysRemoved of(List<String> ids) {
    return new KeysRemoved(String.join(" ", ids));
  }

  /** The public ids of the keys, one space between them. */
  @ProtoField(1)
  public String keyIds() {
    return keyIds;
  }

  List<String> ids() {
    return List.of(keyIds.split(" "));
  }
}
