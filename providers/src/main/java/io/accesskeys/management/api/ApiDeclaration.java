package io.accesskeys.management.api;

import java.util.List;
import java.util.Optional;

/**
 * What an API client shall be. What it does not name stays as it is.
 *
 * @param client the {@code client_id}
 * @param gateways {@code client_id}s of clients that shall be in the audience
 * @param takeOver whether client scopes may be changed that other clients have too, or that
 *     Keycloak has made
 */
public record ApiDeclaration(
    String client, List<Scope> scopes, List<String> gateways, boolean takeOver) {

  /**
   * A scope that keys shall be able to carry.
   *
   * @param description empty to leave it as it is
   * @param roles names of realm roles, one of which an owner needs; none to leave who may have the
   *     scope as it is, unless it is to be open
   * @param open whether it shall need no role
   */
  public record Scope(
      String name, Optional<String> description, List<String> roles, boolean open) {}
}
