package io.accesskeys.rest.self;

import io.accesskeys.http.Created;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyPages;
import io.accesskeys.http.KeyQuery;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Requests;
import io.accesskeys.management.Actor;
import io.accesskeys.management.Applications;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.store.Criterion;
import io.accesskeys.verification.KeyOwner;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** The keys of a caller, all of them: {@code /realms/{realm}/access-keys} leads here. */
public final class OwnKeysResource {

  private static final String APPLICATION = "application";

  /** The owner of no key: an application whose service account is switched off has none. */
  private static final String NOBODY = "";

  private final KeycloakSession session;
  private final SecureRandom random;
  private final RealmPolicy policy;
  private final Caller caller;
  private final Applications applications;

  private record ForApplication(Optional<String> application) {}

  /** For the realm of this session. */
  public OwnKeysResource(
      KeycloakSession session, RealmPolicy policy, SecureRandom random, Caller caller) {
    this.session = session;
    this.policy = policy;
    this.random = random;
    this.caller = caller;
    this.applications = new Applications(session, session.getContext().getRealm());
  }

  /** One of the caller's keys. */
  public OwnKeyResource key(String id) {
    return new OwnKeyResource(session, policy, random, caller, id);
  }

  /**
   * Creates a personal access token for the caller, or an API key for their {@code application}.
   */
  public Response create(byte[] body) {
    Instant now = Requests.now();
    caller.mayManage();
    Requests.requireTransportForSecrets(session);
    caller.freshly(policy.freshLogin(), now);
    JsonBody json = KeyBody.ofNewKey(session, body, ForApplication.class);
    Optional<String> application = json.as(ForApplication.class).application();
    Actor actor = caller.owner();
    KeyOwner owner = new KeyOwner.Person(caller.user());
    if (application.isPresent()) {
      ClientModel client = applications.owned(caller.user(), application.get());
      actor = caller.registrantOf(client);
      owner = applications.requireOwner(client);
    }
    KeyRequest request = KeyBody.newKey(json, Restrictions.of(session));
    IssuedKey issued = new KeyManager(session, policy, random, now).create(request, owner, actor);
    return Created.response(
        session, issued.key().id(), KeyRepresentation.withSecret(session, issued, now));
  }

  /** The caller's own keys, or those of their {@code application}, newest first. */
  public Response list() {
    caller.mayView();
    Instant now = Requests.now();
    KeyQuery query = new KeyQuery(session);
    Optional<String> application = query.text(APPLICATION);
    String owner =
        application.isPresent()
            ? applications
                .owner(applications.owned(caller.user(), application.get()))
                .map(KeyOwner::id)
                .orElse(NOBODY)
            : caller.user().getId();
    return new KeyPages(session)
        .page(
            query.search(
                KeyQuery.OF_OWNER, now, new Criterion.OwnedBy(owner), new Criterion.Listed()),
            keys -> keys.stream().map(key -> KeyRepresentation.of(session, key, now)).toList());
  }
}
