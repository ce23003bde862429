package io.accesskeys.key;

import io.accesskeys.restriction.Restriction;
import java.util.List;
import java.util.Set;

/**
 * What a key may do: it never gains anything beyond this.
 *
 * @param clientId the id (not the {@code client_id}) of the API client it was issued for
 * @param scopes names of grantable scopes of that client; what of them its owner still has the
 *     roles for is decided at every use
 * @param restrictions conditions on the request, all of which must hold
 */
public record Grant(String clientId, Set<String> scopes, List<Restriction> restrictions) {

  public Grant {
    scopes = Set.copyOf(scopes);
    restrictions = List.copyOf(restrictions);
  }
}
