package io.accesskeys.schedule;

import org.keycloak.models.KeycloakSession;

/**
 * {@code self}: whoever holds the key rolls it with the key itself, at a time they choose before
 * the deadline. Nobody is told unless that draws near.
 */
public final class SelfDelivery implements RollDeliveryFactory, RollDelivery {

  /** What keys name it by. */
  public static final String ID = "self";

  @Override
  public RollDelivery create(KeycloakSession session) {
    return this;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public void due(DueRoll roll) {}

  @Override
  public void close() {}
}
