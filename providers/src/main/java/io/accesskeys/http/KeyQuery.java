package io.accesskeys.http;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.Instants;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeySearch;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The query parameters that say which keys are meant; one that is not known is an error. */
public final class KeyQuery {

  /** What an owner may ask for. */
  public static final Set<String> OF_OWNER = Set.of("application", "kind", "client", "state", "q");

  /** What an administrator may ask for beside that. */
  private static final Set<String> MORE_OF_ADMIN =
      Set.of(
          "owner",
          "expires",
          "expiringBefore",
          "used",
          "unusedSince",
          "rollDueBefore",
          "restricted",
          "beyondPolicy",
          "orphaned",
          "legacy");

  /** What an administrator may ask for. */
  public static final Set<String> OF_ADMIN =
      Stream.concat(
              OF_OWNER.stream().filter(name -> !name.equals("application")), MORE_OF_ADMIN.stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Which part of the result is meant. */
  private static final Set<String> PAGING = Set.of("first", "max", "after");

  private static final int DEFAULT_MAX = 100;
  private static final int LARGEST_MAX = 1_000;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final MultivaluedMap<String, String> query;

  /** The parameters of this session's request. */
  public KeyQuery(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.query = session.getContext().getHttpRequest().getUri().getQueryParameters();
  }

  /**
   * The search that the parameters spell, paging included.
   *
   * @param known the names of the criteria that may be used
   * @param always criteria that hold beside them
   * @throws InvalidRequestException naming a parameter that is wrong, or there twice
   */
  public KeySearch search(Set<String> known, Instant now, Criterion... always)
      throws InvalidRequestException {
    allowOnly(Stream.concat(known.stream(), PAGING.stream()).collect(Collectors.toSet()));
    return new KeySearch(
        criteria(now, always), number("first", 0, 0, Integer.MAX_VALUE), max(), text("after"));
  }

  /**
   * All keys that the parameters spell, with no paging.
   *
   * @throws InvalidRequestException naming a parameter that is wrong, or there twice
   */
  public KeySearch all(Set<String> known, Instant now) throws InvalidRequestException {
    allowOnly(known);
    return new KeySearch(criteria(now), 0, LARGEST_MAX, Optional.empty());
  }

  /**
   * A part of a list about one key.
   *
   * @param after the version to go on after; empty for the beginning
   */
  public record Part(Optional<Integer> after, int max) {}

  /**
   * The part of a list about one key that the parameters spell.
   *
   * @throws InvalidRequestException naming a parameter that is wrong, or there twice
   */
  public Part part() throws InvalidRequestException {
    allowOnly(Set.of("max", "after"));
    Optional<Integer> after = text("after").map(unused -> number("after", 0, 0, Integer.MAX_VALUE));
    return new Part(after, max());
  }

  private List<Criterion> criteria(Instant now, Criterion... always)
      throws InvalidRequestException {
    List<Criterion> criteria = new ArrayList<>(List.of(always));
    text("owner").ifPresent(id -> criteria.add(new Criterion.OwnedBy(id)));
    if (text("kind").isPresent()) {
      criteria.add(new Criterion.OfKind(kind(text("kind").get())));
    }
    if (text("client").isPresent()) {
      criteria.add(new Criterion.IssuedFor(client(text("client").get())));
    }
    if (text("state").isPresent()) {
      criteria.add(new Criterion.InState(state(text("state").get()), now));
    }
    if (text("expiringBefore").isPresent()) {
      criteria.add(new Criterion.ExpiringBetween(now, instant("expiringBefore")));
    }
    if (text("unusedSince").isPresent()) {
      criteria.add(new Criterion.UnusedSince(instant("unusedSince")));
    }
    if (is("legacy", "true")) {
      criteria.add(new Criterion.Legacy());
    }
    if (is("expires", "never")) {
      criteria.add(new Criterion.NeverExpiring());
    }
    if (is("used", "never")) {
      criteria.add(new Criterion.NeverUsed());
    }
    if (text("rollDueBefore").isPresent()) {
      criteria.add(new Criterion.RollDueBefore(instant("rollDueBefore")));
    }
    if (is("restricted", "false")) {
      criteria.add(new Criterion.Unrestricted());
    }
    if (is("beyondPolicy", "true")) {
      criteria.add(new Criterion.BeyondPolicy(RealmPolicy.of(session, realm).limits(), now));
    }
    if (is("orphaned", "true")) {
      criteria.add(new Criterion.Orphaned(now));
    }
    text("q").ifPresent(prefix -> criteria.add(new Criterion.NameBegins(prefix.strip())));
    return criteria;
  }

  /** Whether a parameter is there; it may only say this. */
  private boolean is(String name, String word) throws InvalidRequestException {
    if (text(name).filter(text -> !text.equals(word)).isPresent()) {
      throw new InvalidRequestException(name, "must be " + word);
    }
    return text(name).isPresent();
  }

  private void allowOnly(Set<String> known) throws InvalidRequestException {
    for (String name : query.keySet()) {
      if (!known.contains(name) || query.get(name).size() != 1) {
        throw new InvalidRequestException(name, "is not a known parameter, or is sent twice");
      }
    }
  }

  private static KeyKind kind(String text) throws InvalidRequestException {
    return KeyKind.of(text)
        .orElseThrow(() -> new InvalidRequestException("kind", "is not a kind of key"));
  }

  private static KeyState state(String text) throws InvalidRequestException {
    return Stream.of(KeyState.values())
        .filter(state -> state.wireName().equals(text))
        .findFirst()
        .orElseThrow(() -> new InvalidRequestException("state", "is not a state of a key"));
  }

  private String client(String clientId) throws InvalidRequestException {
    ClientModel client = realm.getClientByClientId(clientId);
    if (client == null) {
      throw new InvalidRequestException("client", "is not a client of this realm");
    }
    return client.getId();
  }

  private Instant instant(String name) throws InvalidRequestException {
    return Instants.parse(name, text(name).orElseThrow());
  }

  private int max() throws InvalidRequestException {
    return number("max", DEFAULT_MAX, 1, LARGEST_MAX);
  }

  private int number(String name, int otherwise, int least, int most)
      throws InvalidRequestException {
    Optional<String> text = text(name);
    if (text.filter(digits -> !digits.matches("[0-9]{1,9}")).isPresent()) {
      throw new InvalidRequestException(name, "must be a whole number");
    }
    int number = text.map(Integer::parseInt).orElse(otherwise);
    if (number < least || number > most) {
      throw new InvalidRequestException(name, "must be between " + least + " and " + most);
    }
    return number;
  }

  /**
   * A parameter as it stands there.
   *
   * @throws InvalidRequestException naming it, if no database could look for it
   */
  public Optional<String> text(String name) throws InvalidRequestException {
    Optional<String> text = Optional.ofNullable(query.getFirst(name));
    if (text.isPresent() && !StorableText.is(text.get())) {
      throw new InvalidRequestException(name, "has a character that no text may have");
    }
    if (text.filter(StorableText::isReplaced).isPresent()) {
      throw new InvalidRequestException(name, "is not percent-encoded UTF-8");
    }
    return text;
  }
}
