package io.accesskeys.verification;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * What the one who asks wants of a key. All of it must hold, so that two demands together can only
 * be harder to meet: a second client makes a demand that no key meets.
 *
 * @param clients the {@code client_id}s, all of which it must have been issued for; none for any
 * @param kinds the kinds, all of which it must be of; none for any
 * @param scopes all of which it must have
 * @param anyScopes sets of which it must have at least one scope each
 * @param owners the user names, all of which its owner must have, in any case; none for anybody
 */
public record Requirements(
    Set<String> clients,
    Set<KeyKind> kinds,
    Set<String> scopes,
    Set<Set<String>> anyScopes,
    Set<String> owners) {

  /** Any key will do. */
  public static final Requirements NONE =
      new Requirements(Optional.empty(), Optional.empty(), Set.of());

  /** A demand that asks for no one of several scopes, and of nobody in particular. */
  public Requirements(Optional<String> client, Optional<KeyKind> kind, Set<String> scopes) {
    this(setOf(client), setOf(kind), scopes, Set.of(), Set.of());
  }

  /** A key issued for this {@code client_id}. */
  public static Requirements forClient(String clientId) {
    return new Requirements(Optional.of(clientId), Optional.empty(), Set.of());
  }

  /** A key of this kind. */
  public static Requirements forKind(KeyKind kind) {
    return new Requirements(Optional.empty(), Optional.of(kind), Set.of());
  }

  /** A key with all of these scopes. */
  public static Requirements forAllOf(Set<String> scopes) {
    return new Requirements(Optional.empty(), Optional.empty(), scopes);
  }

  /** A key with at least one of these scopes. */
  public static Requirements forAnyOf(Set<String> scopes) {
    return new Requirements(Set.of(), Set.of(), Set.of(), Set.of(scopes), Set.of());
  }

  /** A key whose owner has this user name. */
  public static Requirements forOwner(String username) {
    return new Requirements(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(username));
  }

  /** Both demands. */
  public Requirements and(Requirements other) {
    return new Requirements(
        union(clients, other.clients),
        union(kinds, other.kinds),
        union(scopes, other.scopes),
        union(anyScopes, other.anyScopes),
        union(owners, other.owners));
  }

  /** Every scope it names. */
  public Set<String> named() {
    return Stream.concat(Stream.of(scopes), anyScopes.stream())
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  /** Why this key does not meet it; empty if it does. */
  Optional<Reason> unmetBy(
      AccessKey key, UserModel owner, ClientModel apiClient, Set<String> permitted) {
    return unmetBy(
        owner.getUsername(), apiClient.getClientId(), Optional.of(key.kind()), permitted);
  }

  /**
   * Why it is not met; empty if it is.
   *
   * @param kind empty for what is no key and of no kind
   */
  public Optional<Reason> unmetBy(
      String owner, String client, Optional<KeyKind> kind, Set<String> permitted) {
    if (!owners.stream().allMatch(owner::equalsIgnoreCase)) {
      return Optional.of(Reason.WRONG_USER);
    }
    if (!clients.stream().allMatch(client::equals)) {
      return Optional.of(Reason.WRONG_CLIENT);
    }
    if (!kinds.stream().allMatch(one -> kind.filter(one::equals).isPresent())) {
      return Optional.of(Reason.WRONG_KIND);
    }
    boolean enough =
        permitted.containsAll(scopes)
            && anyScopes.stream().allMatch(set -> set.stream().anyMatch(permitted::contains));
    return enough ? Optional.empty() : Optional.of(Reason.INSUFFICIENT_SCOPE);
  }

  private static <T> Set<T> setOf(Optional<T> one) {
    return one.map(Set::of).orElse(Set.of());
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    Set<T> both = new HashSet<>(one);
    both.addAll(other);
    // Not the JDK's own unmodifiable sets, which are slow for texts made to have equal hashes.
    return Collections.unmodifiableSet(both);
  }
}
