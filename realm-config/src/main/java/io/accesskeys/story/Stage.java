package io.accesskeys.story;

import io.accesskeys.bench.Gateway;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RecordingApi;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All that a story needs, running: a Keycloak with its realm, and what its page names beside it.
 */
public final class Stage implements AutoCloseable {

  /** All of a key but its prefix and id; a JWT. */
  private static final Pattern SECRETS =
      Pattern.compile("(?<=_[0-9A-Za-z]{16})[0-9A-Za-z]{49}\\b|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");

  private final Walk walk;
  private final Map<String, String> variables = new TreeMap<>();
  private final Deque<Gateway> gateways = new ArrayDeque<>();
  private final RecordingApi echo = RecordingApi.start();

  private Stage(Walk walk) {
    this.walk = walk;
  }

  /** Starts it; the caller closes it. */
  public static Stage of(Story story, KeycloakServer server) {
    Stage stage = new Stage(story.walk());
    try {
      stage.start(URI.create(server.baseUri() + "/realms/" + story.name()));
      stage.variables.put("KC", server.baseUri().toString());
      return stage;
    } catch (IllegalStateException e) {
      stage.close();
      throw e;
    }
  }

  /** Each stands before the one that was started before it, the first before an API that echoes. */
  private void start(URI realm) {
    URI api = echo.uri();
    for (Walk.Place place : walk.places()) {
      Gateway gateway = Gateway.start(place.file(), new Gateway.Place(realm, "", api));
      gateways.push(gateway);
      api = gateway.uri();
      variables.put(place.variable(), api.toString());
    }
  }

  /** The variables of bash that a page takes over if they are set. */
  public Map<String, String> variables() {
    return variables;
  }

  Walk walk() {
    return walk;
  }

  Bash.Printed play() {
    return Bash.run(walk.steps().stream().map(Walk.Step::bash).toList(), variables);
  }

  /**
   * Plays it, and shows each block with what it printed, secrets masked.
   *
   * @throws IllegalStateException at the first that does not print what the page shows
   */
  public void show(PrintStream out) {
    List<Walk.Step> steps = walk.steps();
    Bash.Printed printed = play();
    for (int i = 0; i < printed.blocks().size(); i++) {
      out.println();
      out.print(steps.get(i).bash());
      printed.blocks().get(i).lines().forEach(line -> out.println("#  -> " + masked(line)));
      if (!steps.get(i).isRight(printed.blocks().get(i))) {
        throw new IllegalStateException("Not what the page shows: " + steps.get(i).prints());
      }
    }
    if (printed.blocks().size() < steps.size()) {
      throw new IllegalStateException("bash gave up: " + masked(printed.rest()));
    }
    out.println();
    out.println("# All " + steps.size() + " blocks printed what the page shows.");
  }

  static String masked(String text) {
    return SECRETS.matcher(text).replaceAll("…");
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::close);
    echo.close();
  }
}
