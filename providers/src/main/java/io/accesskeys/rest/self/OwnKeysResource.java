package io.accesskeys.rest.self;

import io.accesskeys.http.Created;
import io.accesskeys.http.JsonBody;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyPages;
import io.accesskeys.http.KeyQuery;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Requests;
import io.accesskeys.management.Applications;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyEvents;
import io.accesskeys.management.KeyIssuer;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.store.Criterion;
import io.accesskeys.verification.KeyOwner;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The keys of a caller, all of them: {@code /realms/{realm}/access-keys} leads here. */
public final class OwnKeysResource {

  private static final String APPLICATION = "application";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final SecureRandom random;
  private final RealmPolicy policy;
  private final Caller caller;

  /** For the realm of this session. */
  public OwnKeysResource(
      KeycloakSession session, RealmPolicy policy, SecureRandom random, Caller caller) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.random = random;
    this.caller = caller;
  }

  private record ForApplication(Optional<String> application) {}

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
    KeyOwner owner = owner(json.as(ForApplication.class).application());
    KeyRequest request = KeyBody.newKey(json, Restrictions.of(session));
    if (request.kind() != owner.kind()) {
      throw new InvalidRequestException("kind", "must be " + owner.kind().wireName() + " here");
    }
    IssuedKey issued =
        new KeyIssuer(session, policy, random).issue(request, owner, caller.user().getId(), now);
    new KeyEvents(session).created(issued.key(), caller.user());
    return Created.response(
        session, issued.key().id(), KeyRepresentation.withSecret(session, issued, now));
  }

  /** The caller's own keys, or those of their {@code application}, newest first. */
  public Response list() {
    caller.mayView();
    Instant now = Requests.now();
    KeyQuery query = new KeyQuery(session);
    Optional<String> application = query.text(APPLICATION);
    String owner = application.isPresent() ? owned(application.get()).id() : caller.user().getId();
    return new KeyPages(session)
        .page(
            query.search(
                KeyQuery.OF_OWNER, now, new Criterion.OwnedBy(owner), new Criterion.Listed()),
            keys -> keys.stream().map(key -> KeyRepresentation.of(session, key, now)).toList());
  }

  private KeyOwner owner(Optional<String> application) throws InvalidRequestException {
    if (application.isEmpty()) {
      return new KeyOwner.Person(caller.withRole(session, policy.selfService().role()).user());
    }
    caller.forApplications(session, policy);
    return owned(application.get());
  }

  private KeyOwner owned(String application) throws InvalidRequestException {
    Applications applications = new Applications(session, realm);
    return applications
        .find(caller.user(), application)
        .map(applications::owner)
        .orElseThrow(() -> new InvalidRequestException(APPLICATION, "is no application of yours"));
  }
}
