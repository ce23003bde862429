package io.accesskeys.management.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.management.suggestion.Suggestion.Basis;
import io.accesskeys.management.suggestion.Suggestion.NotSuggested;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Mode;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionType;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpNarrowing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Works out what a key needs from what it was used for. It goes by nothing but its parameters, and
 * suggests nothing that could refuse a use it has seen.
 *
 * @param minimum what a suggestion must rest on
 * @param types the types of restrictions that are installed
 */
record Suggester(RealmPolicy.Suggestions minimum, Restrictions types) {

  static final String SCOPES = "scopes";
  static final String RESTRICTIONS = "restrictions";

  /**
   * What a key has.
   *
   * @param scopes the names of its scopes
   */
  record Subject(Set<String> scopes, List<Restriction> restrictions) {}

  /** What was worked out about one thing: a suggestion, or why there is none. */
  private record Result<T>(Optional<T> suggested, Optional<NotSuggested> not) {

    static <T> Result<T> of(T suggested) {
      return new Result<>(Optional.of(suggested), Optional.empty());
    }

    static <T> Result<T> not(String what, String reason, String why) {
      return new Result<>(Optional.empty(), Optional.of(new NotSuggested(what, reason, why)));
    }
  }

  /**
   * Suggests.
   *
   * @param seen empty if the key was never used
   */
  Suggestion suggest(Subject key, Optional<ObservedUse> seen) {
    Optional<NotSuggested> tooLittle = tooLittle(seen);
    if (tooLittle.isPresent()) {
      return new Suggestion(
          Optional.empty(),
          Optional.empty(),
          seen.map(Suggester::basis),
          Outlook.NOTHING,
          List.of(tooLittle.get(), about(RESTRICTIONS, tooLittle.get())));
    }
    ObservedUse observed = seen.orElseThrow();
    Result<List<String>> scopes = scopes(key.scopes(), observed);
    Result<List<Restriction>> restrictions = restrictions(key.restrictions(), observed);
    List<NotSuggested> not = new ArrayList<>();
    scopes.not().ifPresent(not::add);
    restrictions.not().ifPresent(not::add);
    return new Suggestion(
        scopes.suggested(),
        restrictions.suggested(),
        Optional.of(basis(observed)),
        Outlook.of(
            observed,
            scopes.suggested().<Set<String>>map(TreeSet::new).orElse(key.scopes()),
            enforced(restrictions.suggested().orElse(key.restrictions()))),
        List.copyOf(not));
  }

  private static Basis basis(ObservedUse seen) {
    return new Basis(seen.days(), seen.uses(), seen.from(), seen.to());
  }

  private static NotSuggested about(String what, NotSuggested other) {
    return new NotSuggested(what, other.reason(), other.why());
  }

  private Optional<NotSuggested> tooLittle(Optional<ObservedUse> seen) {
    long uses = seen.map(ObservedUse::uses).orElse(0L);
    int days = seen.map(ObservedUse::days).orElse(0);
    if (uses < minimum.minUses()) {
      return Optional.of(
          new NotSuggested(
              SCOPES,
              "too_few_uses",
              "The key was used %d times. A suggestion needs at least %d uses."
                  .formatted(uses, minimum.minUses())));
    }
    if (days < minimum.minDays()) {
      return Optional.of(
          new NotSuggested(
              SCOPES,
              "too_few_days",
              "The uses of the key lie within %d days. A suggestion needs at least %d days."
                  .formatted(days, minimum.minDays())));
    }
    return Optional.empty();
  }

  private static Result<List<String>> scopes(Set<String> had, ObservedUse seen) {
    if (had.isEmpty()) {
      return Result.not(SCOPES, "no_scopes", "The key has no scopes.");
    }
    if (seen.unnamed() > 0) {
      return Result.not(
          SCOPES,
          "unnamed_uses",
          ("%d of %d uses named no scope, so nobody knows which scopes they needed. Have the API"
                  + " name the scope that a request needs.")
              .formatted(seen.unnamed(), seen.uses()));
    }
    Set<String> foreign = new TreeSet<>(seen.scopes().keySet());
    foreign.removeAll(had);
    if (!foreign.isEmpty()) {
      return Result.not(
          SCOPES,
          "other_scopes",
          "Uses named scopes that the key does not have by these names now: %s."
              .formatted(String.join(", ", foreign)));
    }
    List<String> needed = had.stream().filter(seen.scopes()::containsKey).sorted().toList();
    return needed.size() == had.size()
        ? Result.not(SCOPES, "all_used", "The key has used each of its scopes.")
        : Result.of(needed);
  }

  private Result<List<Restriction>> restrictions(List<Restriction> had, ObservedUse seen) {
    Optional<NotSuggested> obstacle = obstacle(seen);
    if (obstacle.isPresent()) {
      return new Result<>(Optional.empty(), obstacle);
    }
    Optional<List<Restriction>> narrowed = narrowed(had, seen.addresses().keySet());
    if (narrowed.isEmpty() || narrowed.get().size() > Restrictions.MAX) {
      return Result.not(
          RESTRICTIONS,
          "too_many_entries",
          "An address restriction for these uses would have too many entries, or the key too many"
              + " restrictions.");
    }
    return forms(narrowed.get()).equals(forms(had))
        ? Result.not(
            RESTRICTIONS,
            "as_narrow_as_used",
            "The key is restricted to the addresses that it was used from.")
        : Result.of(narrowed.get());
  }

  /** Why nothing can be said of addresses; empty if something can. */
  private Optional<NotSuggested> obstacle(ObservedUse seen) {
    if (types.types().stream().map(RestrictionType::getId).noneMatch(IpNarrowing.TYPE::equals)) {
      return noAddresses("type_not_installed", "Address restrictions are disabled on this server.");
    }
    return switch (seen.knowledge()) {
      case COMPLETE -> Optional.empty();
      case OFF ->
          noAddresses("addresses_off", "The policy keeps no addresses of uses (usage-addresses).");
      case TOO_MANY ->
          noAddresses("too_many_addresses", "The key was used from more addresses than are kept.");
      case SOME_UNKNOWN ->
          noAddresses(
              "addresses_unknown",
              "The address of some uses is not known. Have the API send client_ip at"
                  + " introspection, or set up the proxies.");
    };
  }

  private static Optional<NotSuggested> noAddresses(String reason, String why) {
    return Optional.of(new NotSuggested(RESTRICTIONS, reason, why));
  }

  /** With what is enforced of addresses narrowed; empty if it would have too many entries. */
  private Optional<List<Restriction>> narrowed(List<Restriction> had, Collection<String> seen) {
    List<Restriction> all = new ArrayList<>();
    boolean restricted = false;
    for (Restriction restriction : had) {
      if (restriction.type().equals(IpNarrowing.TYPE) && Mode.of(restriction) == Mode.ENFORCE) {
        restricted = true;
        all.add(narrowed(restriction, seen));
      } else {
        all.add(restriction);
      }
    }
    if (!restricted) {
      Optional<Restriction> first = IpNarrowing.to(seen).map(this::read);
      first.ifPresent(all::add);
      return first.map(added -> all);
    }
    return Optional.of(all);
  }

  /** As it is if it allows nothing else, or nothing that was seen. */
  private Restriction narrowed(Restriction ip, Collection<String> seen) {
    return IpNarrowing.of(ip.toJson(), seen)
        .map(this::read)
        .filter(narrower -> !ip.isWithin(narrower))
        .orElse(ip);
  }

  private Restriction read(JsonNode json) {
    try {
      return types.parse(JsonNodeFactory.instance.arrayNode().add(json), RESTRICTIONS).get(0);
    } catch (InvalidRestrictionException e) {
      throw new IllegalStateException(e.field() + " " + e.getMessage(), e);
    }
  }

  private static List<Restriction> enforced(List<Restriction> restrictions) {
    return restrictions.stream().filter(one -> Mode.of(one) == Mode.ENFORCE).toList();
  }

  private static List<JsonNode> forms(List<Restriction> restrictions) {
    return restrictions.stream().map(Restriction::toJson).toList();
  }
}
