package io.accesskeys.restriction;

import java.util.Optional;

/**
 * What the clients of a realm are called. People and requests name them by {@code client_id}; a
 * restriction remembers their ids, so that a client that is renamed stays the same and another that
 * is made under its name is another.
 */
public interface ClientNames {

  /** Knows no client. */
  ClientNames NONE =
      new ClientNames() {
        @Override
        public Optional<String> idOf(String clientId) {
          return Optional.empty();
        }

        @Override
        public Optional<String> clientIdOf(String id) {
          return Optional.empty();
        }
      };

  /** The id of the client of this {@code client_id}; empty if there is none. */
  Optional<String> idOf(String clientId);

  /** The {@code client_id} of the client of this id; empty if it is gone. */
  Optional<String> clientIdOf(String id);
}
