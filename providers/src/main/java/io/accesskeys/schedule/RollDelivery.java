package io.accesskeys.schedule;

import org.keycloak.provider.Provider;

/** A way in which the new secret of a key reaches its owner when a roll is due. */
public interface RollDelivery extends Provider {

  /** What keys name it by: lower-case letters, digits and dashes. It never changes. */
  String getId();

  /**
   * Does what is to be done when a roll becomes due. Called by one node, in a transaction with the
   * mark that it was called: if it fails, it is called again by a later run, and so it may be
   * called twice for what it does outside of the database.
   */
  void due(DueRoll roll);

  /** Whether it is of no use to a key whose owner cannot be reached by mail. */
  default boolean needsRecipient() {
    return false;
  }
}
