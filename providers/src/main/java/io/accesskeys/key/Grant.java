package io.accesskeys.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.Restriction;
import java.util.List;
import java.util.Set;

/**
 * What a key may do: it never gains anything beyond this.
 *
 * @param clientId the id (not the {@code client_id}) of the API client it was issued for; of a
 *     client secret, of the client itself
 * @param form how its scopes were chosen
 * @param scopes ids (not names) of client scopes, so that a scope that is renamed stays the same
 *     and another that gets its name is another; which of them that client still offers, and the
 *     owner still has a role for, is decided at every use
 * @param authorizationDetails RFC 9396 objects that name the resources it is limited to; none for
 *     no such limit
 * @param restrictions conditions on the request; all that are enforced must hold
 */
public record Grant(
    String clientId,
    Form form,
    Set<String> scopes,
    List<JsonNode> authorizationDetails,
    List<Restriction> restrictions) {

  /** How the scopes of a key were chosen. */
  public enum Form {
    /** One by one. */
    FINE_GRAINED,
    /** Every grantable scope at the key's creation, and never a later one. */
    CLASSIC
  }

  public Grant {
    scopes = Set.copyOf(scopes);
    authorizationDetails = List.copyOf(authorizationDetails);
    restrictions = List.copyOf(restrictions);
  }

  /** Whether there is a restriction that is enforced: whether answers depend on the request. */
  public boolean isRestricted() {
    return hasMode(Mode.ENFORCE);
  }

  /** Whether there is a restriction that only reports. */
  public boolean isWatched() {
    return hasMode(Mode.REPORT);
  }

  /** Whether there is a restriction of each of these types that keeps anybody out. */
  public boolean hasRestrictions(Set<String> types) {
    return types.stream()
        .allMatch(
            type ->
                restrictions.stream()
                    .anyMatch(
                        restriction -> restriction.type().equals(type) && restriction.limits()));
  }

  /** A loop, since it is asked in every verification. */
  private boolean hasMode(Mode mode) {
    for (Restriction restriction : restrictions) {
      if (Mode.of(restriction) == mode) {
        return true;
      }
    }
    return false;
  }
}
