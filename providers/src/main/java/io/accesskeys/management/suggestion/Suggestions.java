package io.accesskeys.management.suggestion;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.management.Actor;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.suggestion.Suggester.Subject;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.verification.GrantableScopes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What keys of a realm need, by what they were used for. */
public final class Suggestions {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final Observations observations;

  /** Of the realm of this session. */
  public Suggestions(KeycloakSession session, RealmPolicy policy) {
    this(session, policy, Observations.kept(session));
  }

  Suggestions(KeycloakSession session, RealmPolicy policy, Observations observations) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = policy;
    this.observations = observations;
  }

  /**
   * What somebody wants of a suggestion they were shown.
   *
   * @param scopes the scopes as the suggestion has them; empty to leave the key's
   * @param restrictions the restrictions as the suggestion has them; empty to leave the key's
   * @param version the version of the key that they saw; empty for any
   */
  public record Chosen(
      Optional<List<String>> scopes,
      Optional<List<Restriction>> restrictions,
      Optional<Integer> version) {}

  /** What this key needs. */
  public Suggestion of(AccessKey key) {
    return new Suggester(policy.suggestions(), Restrictions.of(session))
        .suggest(
            new Subject(scopes(key.grant()), key.grant().restrictions()), observations.of(key));
  }

  /**
   * What a key would have refused of its uses if it had been like this.
   *
   * @param edited the key as it would be
   */
  public Outlook outlook(AccessKey edited) {
    List<Restriction> enforced =
        edited.grant().restrictions().stream().filter(one -> Mode.of(one) == Mode.ENFORCE).toList();
    return observations
        .of(edited)
        .map(seen -> Outlook.of(seen, scopes(edited.grant()), enforced))
        .orElseGet(() -> Outlook.unseen(enforced));
  }

  /**
   * Narrows a key as it was suggested.
   *
   * @param key as just read
   * @return the key as it is now
   * @throws InvalidRequestException if nothing was chosen
   * @throws KeyConflictException if the suggestion is another by now, or the key
   */
  public AccessKey apply(AccessKey key, Chosen chosen, KeyManager manager, Actor actor) {
    if (chosen.scopes().isEmpty() && chosen.restrictions().isEmpty()) {
      throw new InvalidRequestException(
          "scopes", "is missing, and so is restrictions. Send one or both as GET has given them");
    }
    Suggestion suggested = of(key);
    boolean same =
        chosen.scopes().stream()
                .allMatch(
                    names -> suggested.scopes().filter(each -> equal(each, names)).isPresent())
            && chosen.restrictions().stream()
                .allMatch(
                    rules ->
                        suggested
                            .restrictions()
                            .map(Restrictions::write)
                            .filter(Restrictions.write(rules)::equals)
                            .isPresent());
    if (!same) {
      throw new KeyConflictException(
          "The suggestion is another by now. GET it again, and send what it gives");
    }
    return manager.edit(key, edit(chosen), actor);
  }

  private static boolean equal(List<String> one, List<String> other) {
    return new TreeSet<>(one).equals(new TreeSet<>(other));
  }

  private static KeyEdit edit(Chosen chosen) {
    return new KeyEdit(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        chosen.scopes(),
        Optional.empty(),
        chosen.restrictions(),
        Optional.empty(),
        chosen.version());
  }

  private Set<String> scopes(Grant grant) {
    return new TreeSet<>(GrantableScopes.names(realm, grant.scopes()));
  }
}
