package io.accesskeys.rest.admin;

import io.accesskeys.management.InvalidRequestException;
import java.util.Optional;

/** Whose key it will be, in a body that creates one. */
record NewOwner(Named owner) {

  /**
   * One of the two.
   *
   * @param user the id of a person
   * @param client the {@code client_id} of a client
   */
  record Named(Optional<String> user, Optional<String> client) {}

  /**
   * The owner, if it is one.
   *
   * @throws InvalidRequestException if it is none or two; an unknown member is found before
   */
  Named one() {
    if (owner.user().isPresent() == owner.client().isPresent()) {
      throw new InvalidRequestException("owner", "must be an object with one of user, client");
    }
    return owner;
  }
}
