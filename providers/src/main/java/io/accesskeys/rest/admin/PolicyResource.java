package io.accesskeys.rest.admin;

import static io.accesskeys.rest.admin.AdminContext.ok;

import io.accesskeys.http.Requests;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.InvalidPolicyException;
import io.accesskeys.policy.PolicyEditor;
import io.accesskeys.policy.PolicyEditor.Change;
import io.accesskeys.policy.RealmPolicies;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeySearch;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;

/**
 * {@code …/access-keys/policy}: what the realm allows of keys. A change is validated as a whole and
 * stored in one transaction, with the config of the required action, so that the Admin Console
 * shows the same.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class PolicyResource {

  /** Enough to see that many programs would stop. */
  private static final int MAX_COUNTED = 10_000;

  private final AdminContext admin;

  PolicyResource(AdminContext admin) {
    this.admin = admin;
  }

  /** What holds, with defaults, bounds and help, and what is broken. */
  @GET
  public Response get() {
    admin.auth().realm().requireViewRealm();
    return ok(current());
  }

  /** Sets these settings, and all others back to their defaults. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response replace(byte[] body) {
    return change(body, PolicyEditor::replace);
  }

  /** Sets these settings and leaves all others; null sets one back to its default. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public Response merge(byte[] body) {
    return change(body, PolicyEditor::merge);
  }

  /** Sets every setting back to its default. */
  @DELETE
  public Response reset() {
    admin.auth().realm().requireManageRealm();
    PolicyEditor editor = PolicyEditor.locked(admin.session(), admin.realm());
    store(editor, editor.replace(Map.of()), OperationType.DELETE);
    return Response.noContent().build();
  }

  /** How the settings that were sent become a change. */
  private interface Editing {
    Change of(PolicyEditor editor, Map<String, Optional<String>> sent)
        throws InvalidPolicyException;
  }

  private Response change(byte[] body, Editing editing) {
    admin.auth().realm().requireManageRealm();
    Requests.requireDryRunInBody(admin.session());
    PolicyBody sent = PolicyBody.of(admin.json(body));
    if (sent.dryRun()) {
      PolicyEditor trial = PolicyEditor.trial(admin.session(), admin.realm());
      return ok(current().with(tried(editing.of(trial, sent.settings()))));
    }
    PolicyEditor editor = PolicyEditor.locked(admin.session(), admin.realm());
    store(editor, editing.of(editor, sent.settings()), OperationType.UPDATE);
    return ok(current());
  }

  private void store(PolicyEditor editor, Change change, OperationType operation) {
    editor.store(change);
    admin
        .events()
        .resource("ACCESS_KEY_POLICY")
        .operation(operation)
        .resourcePath("access-keys", "policy")
        .representation(change.settings())
        .success();
  }

  private PolicyRepresentation current() {
    return PolicyRepresentation.of(
        admin.session().getProvider(RealmPolicies.class).state(admin.realm()));
  }

  private PolicyRepresentation.DryRun tried(Change change) {
    List<Criterion> ended =
        List.of(
            new Criterion.EndedByChange(ends(change.before()), ends(change.after()), admin.now()));
    int count =
        admin
            .store()
            .countUpTo(admin.realm(), new KeySearch(ended, 0, MAX_COUNTED + 1, Optional.empty()));
    return PolicyRepresentation.DryRun.of(
        change.names(), Math.min(count, MAX_COUNTED), count > MAX_COUNTED);
  }

  private static Map<KeyKind, Criterion.Ends> ends(RealmPolicy policy) {
    Map<KeyKind, Criterion.Ends> ends = new EnumMap<>(KeyKind.class);
    policy
        .kinds()
        .forEach(
            (kind, rules) -> ends.put(kind, new Criterion.Ends(rules.enabled(), rules.limits())));
    return ends;
  }
}
