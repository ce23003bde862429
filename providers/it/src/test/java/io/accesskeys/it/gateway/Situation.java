package io.accesskeys.it.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A line of the conformance table.
 *
 * @param name of it
 * @param good whether the key gets in, wherever nothing else is said
 * @param attempt makes the key, and the attempt with it
 * @param then what happens to the key before the attempt
 * @param back undoes what would touch other lines
 * @param others where the answer is the other one, and why
 */
record Situation(
    String name,
    boolean good,
    Function<Keys, Attempt> attempt,
    BiConsumer<Keys, Attempt> then,
    Consumer<Keys> back,
    Map<EntryPoint, Why> others) {

  /** Why an entry point answers otherwise: what it cannot see by its nature. */
  enum Why {
    ADDRESS(
        'a',
        "It cannot tell Keycloak where the client is. A key that is restricted to addresses is"
            + " refused."),
    PAGE(
        'b',
        "It cannot tell Keycloak which page the request comes from. A key that is restricted to"
            + " websites is refused."),
    SIGNATURE(
        'c',
        "Only the signature is checked: the JWT is good until it expires, at most 15 minutes and by"
            + " default 5."),
    BEARER('d', "It reads `Authorization: Bearer` and nothing else."),
    SKEW('e', "Spring Security lets a JWT live a minute longer, for clocks that differ."),
    TOKEN('f', "It takes tokens, and this JWT is one: its key is good."),
    COLON('g', "What Spring Security takes for a bearer has no colon."),
    ACTION(
        'h',
        "Keycloak's direct grant is a sign-in of the person, and nobody signs in before they have"
            + " done what a required action asks for. The event says `required_action`. A key"
            + " itself is no sign-in and goes on working: to stop it, suspend or revoke it, or"
            + " disable its owner.");

    private final char mark;
    private final String text;

    Why(char mark, String text) {
      this.mark = mark;
      this.text = text;
    }

    /** What refers to it in the table. */
    String mark() {
      return "(" + mark + ")";
    }

    String text() {
      return text;
    }
  }

  static Situation passes(String name, Function<Keys, Attempt> attempt) {
    return new Situation(name, true, attempt, (k, a) -> {}, k -> {}, Map.of());
  }

  static Situation refused(String name, Function<Keys, Attempt> attempt) {
    return new Situation(name, false, attempt, (k, a) -> {}, k -> {}, Map.of());
  }

  Situation after(BiConsumer<Keys, Attempt> event) {
    return new Situation(name, good, attempt, event, back, others);
  }

  Situation after(Consumer<Keys> event) {
    return after((keys, tried) -> event.accept(keys));
  }

  Situation undone(Consumer<Keys> undo) {
    return new Situation(name, good, attempt, then, undo, others);
  }

  Situation but(Why why, EntryPoint... ways) {
    Map<EntryPoint, Why> more = new EnumMap<>(EntryPoint.class);
    more.putAll(others);
    for (EntryPoint way : ways) {
      more.put(way, why);
    }
    return new Situation(name, good, attempt, then, back, more);
  }

  /** Whoever checks only the signature cannot see what happened to the key since. */
  Situation unseenByLocalChecks() {
    return but(Why.SIGNATURE, EntryPoint.HAPROXY_EARLIER, EntryPoint.SPRING_JWT_EARLIER);
  }

  boolean expected(EntryPoint way) {
    return good != others.containsKey(way);
  }
}
