package io.accesskeys.testdelivery;

import io.accesskeys.schedule.DueRoll;
import io.accesskeys.schedule.RollDelivery;
import io.accesskeys.schedule.RollDeliveryFactory;
import org.keycloak.models.KeycloakSession;

/**
 * {@code test-attribute}: puts the new secret into an attribute of the realm, where tests find it.
 * A delivery as somebody else would write it for their vault, in a jar of its own.
 */
public final class AttributeDelivery implements RollDeliveryFactory {

  @Override
  public RollDelivery create(KeycloakSession session) {
    return new ToAttribute(session);
  }

  @Override
  public String getId() {
    return "test-attribute";
  }

  private record ToAttribute(KeycloakSession session) implements RollDelivery {

    @Override
    public String getId() {
      return "test-attribute";
    }

    @Override
    public void due(DueRoll roll) {
      session.getContext().getRealm().setAttribute("new-secret." + roll.key().id(), roll.roll());
    }

    @Override
    public void close() {}
  }
}
