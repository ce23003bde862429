package io.accesskeys.it.removal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** How a row of the page is played: a key is made, then each step is done and the key looked at. */
final class Scenario {

  private final Consumer<Stage> key;
  private final List<Consumer<Stage>> steps = new ArrayList<>();
  private Function<Stage, String> outcome = Stage::outcome;

  private Scenario(Consumer<Stage> key) {
    this.key = key;
  }

  static Scenario with(Consumer<Stage> key) {
    return new Scenario(key);
  }

  /** Where it is looked at, if not at forward-auth. */
  Scenario seen(Function<Stage, String> how) {
    outcome = how;
    return this;
  }

  Scenario then(Consumer<Stage> step) {
    steps.add(step);
    return this;
  }

  /** Removed, made again under its name, removed again, and made again under its id. */
  Scenario removed(Consumer<Stage> remove, Consumer<Stage> byName, Consumer<Stage> byId) {
    return then(remove)
        .then(byName)
        .then(
            stage -> {
              remove.accept(stage);
              byId.accept(stage);
            });
  }

  void prepare(Stage stage) {
    key.accept(stage);
  }

  String before(Stage stage) {
    return outcome.apply(stage);
  }

  /** What the key does after each step. */
  List<String> play(Stage stage) {
    List<String> outcomes = new ArrayList<>();
    for (Consumer<Stage> step : steps) {
      step.accept(stage);
      outcomes.add(outcome.apply(stage));
    }
    return outcomes;
  }
}
