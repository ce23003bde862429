package io.accesskeys.signin.page;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.management.Actor;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.PageGives;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.token.Minting;
import io.accesskeys.verification.AnswerTimes;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.KeyOwner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Makes what the page at sign-in gives: a key, or a JWT of one that ends with it. */
final class KeyCreation {

  private final RequiredActionContext context;
  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final SecureRandom random;
  private final Instant now;

  KeyCreation(RequiredActionContext context, SecureRandom random, Instant now) {
    this.context = context;
    this.session = context.getSession();
    this.policy = RealmPolicy.of(session, context.getRealm());
    this.random = random;
    this.now = now;
  }

  /**
   * Makes it for the person who is signed in.
   *
   * @throws InvalidRequestException naming the member of the wish that is wrong; nothing was made
   */
  OneTimeSecret make(SubmittedForm form) throws InvalidRequestException {
    UserModel person = context.getUser();
    boolean asToken = policy.pageGives() == PageGives.TOKEN;
    if (asToken) {
      requireMintable(form.client());
    }
    IssuedKey issued =
        new KeyManager(session, policy, random, now)
            .create(
                form.request(expiry(asToken), now, Restrictions.of(session)),
                new KeyOwner.Person(person),
                new Actor.Owner(person, CreationEligibility.ASKED_BEFORE));
    return asToken
        ? OneTimeSecret.token(issued.key(), token(issued.key(), person))
        : OneTimeSecret.key(issued.text());
  }

  private Optional<Expiry> expiry(boolean asToken) {
    if (asToken) {
      return Optional.of(new Expiry.WithToken(policy.maxTokenLifespan()));
    }
    return policy.of(KeyKind.PERSONAL_ACCESS_TOKEN).expiryChoice() == ExpiryChoice.FIXED
        ? Optional.of(new Expiry.ByPolicy())
        : Optional.empty();
  }

  private void requireMintable(String clientId) throws InvalidRequestException {
    Optional<String> obstacle =
        Optional.ofNullable(context.getRealm().getClientByClientId(clientId))
            .flatMap(new Minting(session)::obstacle);
    if (obstacle.isPresent()) {
      throw new InvalidRequestException("client", obstacle.get());
    }
  }

  private String token(AccessKey key, UserModel person) {
    ClientModel apiClient = context.getRealm().getClientById(key.grant().clientId());
    Accepted accepted =
        new Accepted(
            key,
            key.current(),
            person,
            apiClient,
            GrantableScopes.names(
                GrantableScopes.permitted(apiClient, person, key.grant().scopes())),
            List.of());
    AnswerTimes times = new AnswerTimes(now, now.plus(policy.maxTokenLifespan()));
    return new Minting(session).jwt(accepted, Optional.empty(), times, context.getEvent());
  }
}
