package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.StorableText;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Hands applications over from one registrant to another: the one offers, the other accepts. The
 * former registrant knows the secrets of the keys, so these are suspended until they are rolled.
 */
public final class ApplicationTransfers {

  /** How long an offer stands. */
  static final Duration STANDS = Duration.ofDays(7);

  /** The client attribute with the id of the user an application is offered to. */
  private static final String TO = "access-keys.offered-to";

  /** The client attribute with the instant of the offer, as ISO-8601 text. */
  private static final String AT = "access-keys.offered-at";

  private static final int PAGE = 500;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final Applications applications;
  private final Instant now;

  /** Transfers in the realm of this session. */
  public ApplicationTransfers(KeycloakSession session, RealmPolicy policy, Instant now) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.applications = new Applications(session, realm);
    this.now = now;
  }

  /**
   * An application that is offered to somebody.
   *
   * @param to the id of the user
   * @param until when the offer ends
   */
  public record Offer(ClientModel application, String to, Instant until) {}

  /** The offer of an application, if one stands. */
  public Optional<Offer> of(ClientModel application) {
    String to = application.getAttribute(TO);
    String at = application.getAttribute(AT);
    return to == null || at == null
        ? Optional.empty()
        : Optional.of(new Offer(application, to, Instant.parse(at).plus(STANDS)))
            .filter(offer -> now.isBefore(offer.until()));
  }

  /** What is offered to this person. */
  public Stream<Offer> offeredTo(UserModel person) {
    return applications
        .all()
        .flatMap(application -> of(application).stream())
        .filter(offer -> offer.to().equals(person.getId()));
  }

  /**
   * Offers an application to somebody, in place of whom it was offered to before. Nothing else
   * changes until they accept it.
   *
   * @param username of somebody who may have applications; one answer for all others, so that
   *     nobody learns who has an account here
   * @throws InvalidRequestException if nobody of this name may have it
   */
  public UserModel offer(ClientModel application, UserModel from, String username)
      throws InvalidRequestException {
    UserModel to =
        Optional.of(username)
            .filter(StorableText::mayBeName)
            .map(name -> session.users().getUserByUsername(realm, name))
            .filter(UserModel::isEnabled)
            .filter(user -> user.getServiceAccountClientLink() == null)
            .filter(this::mayHaveApplications)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "to",
                        "is no user who may have applications: name somebody with the role that"
                            + " the policy asks for"));
    if (to.getId().equals(from.getId())) {
      throw new InvalidRequestException("to", "is yourself. Name somebody else");
    }
    application.setAttribute(TO, to.getId());
    application.setAttribute(AT, now.toString());
    return to;
  }

  /** Takes the offer of an application back, or declines it. */
  public void withdraw(ClientModel application) {
    application.removeAttribute(TO);
    application.removeAttribute(AT);
  }

  /**
   * Makes an application that was offered to this person theirs, and suspends its API keys until
   * they are rolled.
   *
   * @throws InvalidRequestException if they have enough applications
   */
  public void accept(Offer offer, Actor.Person taker) throws InvalidRequestException {
    applications.give(offer.application(), taker.user(), policy);
    withdraw(offer.application());
    KeyManager manager = new KeyManager(session, policy, new SecureRandom(), now);
    applications
        .owner(offer.application())
        .map(this::unrevoked)
        .ifPresent(keys -> manager.transferred(keys, taker));
  }

  private List<AccessKey> unrevoked(KeyOwner owner) {
    List<AccessKey> keys = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      KeyPage page =
          session
              .getProvider(KeyStore.class)
              .search(
                  realm, new KeySearch(List.of(new Criterion.OwnedBy(owner.id())), 0, PAGE, after));
      page.keys().stream().filter(key -> key.validity().revoked().isEmpty()).forEach(keys::add);
      after = page.next();
    } while (after.isPresent());
    return keys;
  }

  private boolean mayHaveApplications(UserModel user) {
    return policy
        .applications()
        .role()
        .map(name -> KeycloakModelUtils.getRoleFromString(session, realm, name))
        .filter((RoleModel role) -> user.hasRole(role))
        .isPresent();
  }
}
