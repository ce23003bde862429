package io.accesskeys.schedule;

import org.keycloak.models.KeycloakSession;

/**
 * {@code pickup}: the owner is told, and makes the new secret when they are there to take it,
 * freshly signed in. Nothing secret waits for them anywhere.
 */
public final class PickupDelivery implements RollDeliveryFactory, RollDelivery {

  /** What keys name it by. */
  public static final String ID = "pickup";

  @Override
  public RollDelivery create(KeycloakSession session) {
    return this;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public void due(DueRoll roll) {
    roll.tellOwner();
  }

  @Override
  public boolean needsRecipient() {
    return true;
  }

  @Override
  public void close() {}
}
