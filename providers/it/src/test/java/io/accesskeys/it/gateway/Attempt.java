package io.accesskeys.it.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How somebody tries to get in.
 *
 * @param key the text that is presented; empty where the situation is about header lines only
 * @param lines the header lines that present it, where they are not simply a bearer
 * @param more header lines beside the credential
 * @param query of the request at a gateway
 * @param earlier a JWT that was minted while the key was still good
 * @param needs what the key must be good for
 * @param address where the client is, if it is not here
 * @param owner of a personal access token
 */
public record Attempt(
    String key,
    Optional<List<String>> lines,
    List<String> more,
    String query,
    Optional<String> earlier,
    Needs needs,
    Optional<String> address,
    String owner) {

  private static final String ALICE = "alice";

  /** What a key must be good for, besides acme-api and orders:read. */
  enum Needs {
    ANY_KIND("/orders/7", ""),
    API_KEY("/jobs/7", "api-key"),
    PERSONAL_ACCESS_TOKEN("/people/7", "personal-access-token");

    private final String path;
    private final String kind;

    Needs(String path, String kind) {
      this.path = path;
      this.kind = kind;
    }

    /** Where the shipped files ask for it. */
    String path() {
      return path;
    }

    /** The kind; empty for any. */
    String kind() {
      return kind;
    }
  }

  /** A key as a bearer, for anything that takes orders:read. */
  static Attempt with(String key) {
    return new Attempt(
        key,
        Optional.empty(),
        List.of(),
        "",
        Optional.empty(),
        Needs.ANY_KIND,
        Optional.empty(),
        ALICE);
  }

  /** Header lines that no other entry point than HTTP knows. */
  static Attempt withLines(String... lines) {
    return new Attempt(
        "",
        Optional.of(List.of(lines)),
        List.of(),
        "",
        Optional.empty(),
        Needs.ANY_KIND,
        Optional.empty(),
        ALICE);
  }

  Attempt and(String line) {
    return new Attempt(key, lines, List.of(line), query, earlier, needs, address, owner);
  }

  Attempt asking(String newQuery) {
    return new Attempt(key, lines, more, newQuery, earlier, needs, address, owner);
  }

  Attempt needing(Needs other) {
    return new Attempt(key, lines, more, query, earlier, other, address, owner);
  }

  Attempt from(String newAddress) {
    return new Attempt(key, lines, more, query, earlier, needs, Optional.of(newAddress), owner);
  }

  Attempt by(String newOwner) {
    return new Attempt(key, lines, more, query, earlier, needs, address, newOwner);
  }

  Attempt having(Optional<String> jwt) {
    return new Attempt(key, lines, more, query, jwt, needs, address, owner);
  }

  /** The header lines with this credential. */
  List<String> presenting(String credential) {
    List<String> all = new ArrayList<>(more);
    all.addAll(lines.orElse(List.of(credential)));
    return all;
  }

  /** The value of a header beside the credential. */
  Optional<String> header(String name) {
    return more.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst();
  }
}
