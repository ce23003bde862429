package io.accesskeys.bench;

import io.accesskeys.bench.Network.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running reverse proxy, in a folder of its own. */
final class ProxyServer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Pattern PLACEHOLDER = Pattern.compile("@([a-z][a-z-]*)@");

  private final ProxyProgram program;
  private final Path folder;
  private final URI uri;
  private final GuardedProcess process;

  private ProxyServer(ProxyProgram program, Path folder, URI uri, GuardedProcess process) {
    this.program = program;
    this.folder = folder;
    this.uri = uri;
    this.process = process;
  }

  /**
   * Starts it and waits until it accepts connections.
   *
   * @param config what it is to do. {@code @port@} is the port to listen on, {@code @folder@} a
   *     folder to write to; further placeholders are names of {@code values}
   * @param machine where it runs
   * @param address which it listens on, as in a URI; this machine must reach it
   * @throws IllegalStateException when it does not start, with what it says
   */
  static ProxyServer start(
      ProxyProgram program,
      String config,
      Map<String, String> values,
      Machine machine,
      String address) {
    String name = program.command();
    Path binary =
        Tools.find(name).orElseThrow(() -> new IllegalStateException(name + " is missing"));
    try {
      Path folder = Files.createTempDirectory(name + "-");
      int port = FreePorts.any();
      Map<String, String> all = new HashMap<>(values);
      all.put("port", String.valueOf(port));
      all.put("folder", folder.toString());
      Path file = folder.resolve("config");
      try {
        Files.writeString(file, fill(program.framed(config), all));
      } catch (IllegalArgumentException e) {
        Folders.delete(folder);
        throw e;
      }
      List<String> command =
          Stream.concat(Stream.of(binary.toString()), program.arguments(folder, file).stream())
              .toList();
      URI uri = URI.create("http://" + address + ":" + port);
      ProxyServer server = new ProxyServer(program, folder, uri, run(machine, folder, command));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the configuration of " + name, e);
    }
  }

  /** The URI it answers at, without a slash at its end. */
  URI uri() {
    return uri;
  }

  /** A file that it writes. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Ends it and deletes its folder, logs included. */
  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  private static GuardedProcess run(Machine machine, Path folder, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(machine.command(command.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.log").toFile());
    // Caddy keeps files in the home of whoever runs the tests, unless told where.
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    builder.environment().put("XDG_DATA_HOME", folder.toString());
    return GuardedProcess.start(builder);
  }

  /** Puts the values in for the placeholders. */
  static String fill(String text, Map<String, String> values) {
    return PLACEHOLDER.matcher(text).replaceAll(match -> value(match, values));
  }

  private static String value(MatchResult placeholder, Map<String, String> values) {
    String value = values.get(placeholder.group(1));
    if (value == null) {
      throw new IllegalArgumentException("No value for " + placeholder.group());
    }
    return Matcher.quoteReplacement(value);
  }

  private void awaitReady() {
    boolean ready =
        Waiting.until(() -> !process.isAlive() || accepts(), START_LIMIT) && process.isAlive();
    if (!ready) {
      String said = Folders.tail(file("console.log")) + Folders.tail(file("error.log"));
      close();
      throw new IllegalStateException(program.command() + " did not start: " + said);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
