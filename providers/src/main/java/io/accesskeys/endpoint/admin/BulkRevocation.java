package io.accesskeys.endpoint.admin;

import static io.accesskeys.endpoint.admin.AdminContext.ok;

import io.accesskeys.endpoint.JsonBody;
import io.accesskeys.endpoint.KeyQuery;
import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.issue.Labels;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.mail.NoticeKind;
import io.accesskeys.store.Found;
import io.accesskeys.store.KeySearch;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.events.admin.OperationType;

/** Revokes all keys that pass a filter and whose owners the administrator may manage. */
final class BulkRevocation {

  private static final int PAGE = 500;

  private final AdminContext admin;
  private final OwnerPermissions permissions;

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
  Response answer(String body) throws InvalidRequestException {
    JsonBody json = JsonBody.of(body, Set.of("dryRun", "reason", "expected"));
    Revocation revocation = new Revocation(admin.now(), Labels.reason(json.text("reason")));
    boolean dryRun = json.isTrue("dryRun");
    OptionalInt expected = json.number("expected");
    KeySearch search = new KeyQuery(admin.session()).all(KeyQuery.OF_ADMIN, admin.now());
    if (search.criteria().isEmpty()) {
      throw new InvalidRequestException("", "Name at least one criterion in the query");
    }
    if (expected.isPresent()) {
      int found = each(search, keys -> {});
      if (found != expected.getAsInt()) {
        return AdminContext.conflict("It is " + found + " keys by now: nothing was revoked");
      }
    }
    int count = each(search, dryRun ? keys -> {} : keys -> revoke(keys, revocation));
    return ok(Map.of("count", count));
  }

  private int each(KeySearch search, Consumer<List<AccessKey>> action) {
    int count = 0;
    Optional<String> after = Optional.empty();
    do {
      Found page =
          admin.store().search(admin.realm(), new KeySearch(search.criteria(), 0, PAGE, after));
      List<AccessKey> keys =
          page.keys().stream()
              .filter(key -> key.validity().revoked().isEmpty())
              .filter(permissions::canManage)
              .toList();
      if (!keys.isEmpty()) {
        action.accept(keys);
      }
      count += keys.size();
      after = page.next();
    } while (after.isPresent());
    return count;
  }

  private void revoke(List<AccessKey> keys, Revocation revocation) {
    List<String> ids = keys.stream().map(AccessKey::id).toList();
    admin.store().lifecycle().revokeAll(admin.realm(), ids, revocation);
    keys.forEach(key -> admin.tell(NoticeKind.REVOKED, key));
    admin
        .events()
        .operation(OperationType.DELETE)
        .resourcePath("access-keys")
        .representation(Map.of("revoked", ids))
        .success();
  }
}
