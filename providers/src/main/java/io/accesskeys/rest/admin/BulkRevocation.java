package io.accesskeys.rest.admin;

import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyQuery;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.Labels;
import io.accesskeys.store.Criterion;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revokes all keys that pass a filter and whose owners the administrator may manage. */
final class BulkRevocation {

  private final AdminContext admin;

  private record Wanted(
      Optional<Boolean> dryRun, Optional<String> reason, Optional<Integer> expected) {}

  BulkRevocation(AdminContext admin) {
    this.admin = admin;
  }

  /**
   * Does what the body says to the keys that the query names.
   *
   * @param body {@code dryRun} to count only, {@code reason}, and {@code expected}: the number that
   *     the administrator has seen, without which being right nothing is revoked
   * @return how many it were; 409 if that is not what was expected
   * @throws InvalidRequestException if the query or the body is wrong, or the query names nothing
   */
  Response answer(byte[] body) {
    Wanted wanted = JsonBody.read(admin.session(), body, Wanted.class);
    Optional<String> reason = Labels.reason(wanted.reason());
    Optional<Integer> expected = wanted.expected();
    List<Criterion> criteria =
        new KeyQuery(admin.session()).all(KeyQuery.OF_ADMIN, admin.now()).criteria();
    if (criteria.isEmpty()) {
      throw new InvalidRequestException("", "Name at least one criterion in the query");
    }
    int count =
        wanted.dryRun().orElse(false)
            ? admin.manager().countRevocable(criteria, expected, admin.actor())
            : admin.manager().revokeAll(criteria, expected, reason, admin.actor());
    return AdminContext.ok(Map.of("count", count));
  }
}
