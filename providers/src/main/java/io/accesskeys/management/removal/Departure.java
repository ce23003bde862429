package io.accesskeys.management.removal;

import java.util.List;

/** What is being removed, and what nobody can say of it any more once it is gone. */
sealed interface Departure {

  /** The id of the realm that it is in, or is. */
  String realmId();

  /** A realm. */
  record OfRealm(String realmId) implements Departure {}

  /**
   * A person, or the service account of a client.
   *
   * @param name as administrators know it: a user name, or the {@code client_id} of the client
   * @param recipients who is told that its keys were deleted
   * @param isPerson whether it may have registered applications
   */
  record OfUser(String realmId, String id, String name, List<String> recipients, boolean isPerson)
      implements Departure {}

  /**
   * A client.
   *
   * @param name its {@code client_id}
   * @param recipients who is told that the keys for it were deleted
   */
  record OfClient(String realmId, String id, String name, List<String> recipients)
      implements Departure {}

  /**
   * A client scope.
   *
   * @param name what it was called
   */
  record OfScope(String realmId, String id, String name) implements Departure {}
}
