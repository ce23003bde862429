package io.accesskeys.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.AuthorizationDetails;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.Label;
import io.accesskeys.management.EditedKey.Effect;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.RealmClientNames;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Works out what a key becomes by an edit. Stores nothing. */
final class KeyEditor {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;

  /** An editor for the realm of this session. */
  KeyEditor(KeycloakSession session, RealmPolicy policy) {
    this.session = session;
    this.policy = policy;
    this.realm = session.getContext().getRealm();
  }

  /**
   * Applies an edit.
   *
   * @param owner the owner of the key, who must have the roles for scopes that are new
   * @throws InvalidRequestException naming the member that is wrong
   */
  EditedKey apply(AccessKey key, KeyEdit edit, KeyOwner owner, Instant now)
      throws InvalidRequestException {
    Label label =
        Labels.checked(
            new Label(
                edit.name().orElse(key.name()),
                edit.description().orElse(key.label().description()),
                edit.metadata().orElse(key.label().metadata())));
    Grant grant = grant(key.grant(), edit, owner);
    if (edit.restrictions().isPresent()) {
      GrantCheck.requireRestrictions(grant, policy.of(key.kind()));
    }
    AccessKey edited = scheduled(key.with(label, grant), edit, now);
    boolean same = edited.roll().equals(key.roll());
    return new EditedKey(edited, same ? effect(key.grant(), grant) : Effect.MORE);
  }

  /** Another schedule may mean fewer rolls, and counts as more. */
  private AccessKey scheduled(AccessKey key, KeyEdit edit, Instant now)
      throws InvalidRequestException {
    if (edit.roll().isEmpty()) {
      return key;
    }
    Schedules schedules = new Schedules(session, policy.of(key.kind()), now);
    AccessKey scheduled = key.scheduled(schedules.changed(key, edit.roll().get()));
    schedules.requireRecipient(scheduled);
    return scheduled;
  }

  private Grant grant(Grant old, KeyEdit edit, KeyOwner owner) throws InvalidRequestException {
    List<Restriction> restrictions = edit.restrictions().orElse(old.restrictions());
    if (edit.scopes().isEmpty() && edit.authorizationDetails().isEmpty()) {
      return new Grant(
          old.clientId(), old.form(), old.scopes(), old.authorizationDetails(), restrictions);
    }
    if (owner instanceof KeyOwner.Client) {
      throw new InvalidRequestException("scopes", "are not for a client secret");
    }
    List<JsonNode> details = edit.authorizationDetails().orElse(old.authorizationDetails());
    ClientModel apiClient = realm.getClientById(old.clientId());
    if (edit.authorizationDetails().isPresent()) {
      GrantCheck.details(details, new GrantCheck(realm).apiClient(apiClient));
    }
    Set<String> scopes = old.scopes();
    if (edit.scopes().isPresent()) {
      scopes = scopes(old, edit.scopes().get(), apiClient, owner);
    }
    Form form = edit.scopes().isPresent() ? Form.FINE_GRAINED : old.form();
    return new Grant(old.clientId(), form, scopes, details, restrictions);
  }

  /**
   * The ids of these scopes. Those the key has already may stay whatever became of menu and roles:
   * they count at use.
   */
  private Set<String> scopes(Grant old, List<String> wanted, ClientModel apiClient, KeyOwner owner)
      throws InvalidRequestException {
    Map<String, String> had = new HashMap<>();
    old.scopes().stream()
        .map(realm::getClientScopeById)
        .filter(Objects::nonNull)
        .forEach(scope -> had.put(scope.getName(), scope.getId()));
    return had.keySet().containsAll(wanted)
        ? wanted.stream().map(had::get).collect(Collectors.toSet())
        : GrantCheck.named(
            wanted, new GrantCheck(realm).apiClient(apiClient), GrantCheck.user(owner));
  }

  private Effect effect(Grant old, Grant now) {
    ClientNames clients = RealmClientNames.of(realm);
    boolean noMore =
        old.scopes().containsAll(now.scopes())
            && AuthorizationDetails.cover(old.authorizationDetails(), now.authorizationDetails())
            && enforced(old).allMatch(one -> isKept(one, now, clients));
    return noMore ? Effect.NO_MORE : Effect.MORE;
  }

  /** Whether a restriction is still there, or one that is as narrow. */
  private static boolean isKept(Restriction restriction, Grant now, ClientNames clients) {
    // As they are shown, and sent back: what is deleted makes no difference.
    JsonNode shown = restriction.shown(clients);
    return enforced(now)
        .anyMatch(one -> one.shown(clients).equals(shown) || one.isWithin(restriction));
  }

  /** Those that only report keep nobody out, so it makes no difference which there are. */
  private static Stream<Restriction> enforced(Grant grant) {
    return grant.restrictions().stream().filter(one -> Mode.of(one) == Mode.ENFORCE);
  }
}
