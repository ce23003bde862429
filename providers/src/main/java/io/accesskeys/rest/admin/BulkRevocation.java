package io.accesskeys.rest.admin;

import static io.accesskeys.rest.admin.AdminContext.ok;

import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyQuery;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.Labels;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/** Revokes all keys that pass a filter and whose owners the administrator may manage. */
final class BulkRevocation {

  private static final int PAGE = 500;

  private final AdminContext admin;
  private final OwnerPermissions permissions;

  private record Wanted(
      Optional<Boolean> dryRun, Optional<String> reason, Optional<Integer> expected) {}

  BulkRevocation(AdminContext admin) {
    this.admin = admin;
    this.permissions = admin.permissions();
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
    Revocation revocation = new Revocation(admin.now(), Labels.reason(wanted.reason()));
    Optional<Integer> expected = wanted.expected();
    KeySearch search = new KeyQuery(admin.session()).all(KeyQuery.OF_ADMIN, admin.now());
    if (search.criteria().isEmpty()) {
      throw new InvalidRequestException("", "Name at least one criterion in the query");
    }
    List<String> found = found(search);
    if (expected.isPresent() && expected.get() != found.size()) {
      return AdminContext.conflict("It is " + found.size() + " keys by now: nothing was revoked");
    }
    if (!wanted.dryRun().orElse(false)) {
      for (int i = 0; i < found.size(); i += PAGE) {
        revoke(found.subList(i, Math.min(i + PAGE, found.size())), revocation);
      }
    }
    return ok(Map.of("count", found.size()));
  }

  /** Ids alone: there may be a million, and what was counted is what is revoked. */
  private List<String> found(KeySearch search) {
    List<String> ids = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      KeyPage page =
          admin.store().search(admin.realm(), new KeySearch(search.criteria(), 0, PAGE, after));
      page.keys().stream()
          .filter(key -> key.validity().revoked().isEmpty())
          .filter(permissions::canManage)
          .map(AccessKey::id)
          .forEach(ids::add);
      after = page.next();
    } while (after.isPresent());
    return ids;
  }

  private void revoke(List<String> ids, Revocation revocation) {
    List<AccessKey> keys = admin.store().findAll(admin.realm(), ids);
    admin.store().lifecycle().revokeAll(admin.realm(), ids, revocation);
    keys.forEach(key -> admin.tell(NoticeKind.REVOKED, key));
    admin
        .events()
        .operation(OperationType.DELETE)
        .resourcePath("access-keys")
        .representation(Map.of("revoked", List.copyOf(ids)))
        .success();
  }
}
