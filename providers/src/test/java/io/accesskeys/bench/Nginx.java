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
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real nginx on the loopback interface or in a {@link Network}, in a folder of its own. Tests
 * that use it carry {@code @RequiresTool("nginx")}.
 */
public final class Nginx implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Pattern PLACEHOLDER = Pattern.compile("@([a-z][a-z-]*)@");

  // One process without workers: nothing to switch users for, whoever runs the tests.
  private static final String FRAME =
      """
      daemon off;
      master_process off;
      pid @folder@/nginx.pid;
      error_log @folder@/error.log info;
      events {}
      http {
        access_log @folder@/access.log;
        client_body_temp_path @folder@/body;
        proxy_temp_path @folder@/proxy;
        fastcgi_temp_path @folder@/fastcgi;
        uwsgi_temp_path @folder@/uwsgi;
        scgi_temp_path @folder@/scgi;
      @http@
      }
      """;

  private final Path folder;
  private final URI uri;
  private final GuardedProcess process;

  private Nginx(Path folder, URI uri, GuardedProcess process) {
    this.folder = folder;
    this.uri = uri;
    this.process = process;
  }

  /** Starts nginx at 127.0.0.1; otherwise as {@link #start(String, Map, Machine, String)}. */
  public static Nginx start(String http, Map<String, String> values) {
    return start(http, values, Network.here(), "127.0.0.1");
  }

  /**
   * Starts nginx and waits until it accepts connections.
   *
   * @param http what stands in the {@code http} block, such as {@code server} blocks. {@code
   *     @port@} is the port to listen on, as in {@code listen 127.0.0.1:@port@;}, {@code @folder@}
   *     a folder to write to; further placeholders are names of {@code values}
   * @param values what to put in for the placeholders of this configuration
   * @param machine where it runs
   * @param address which it listens on, as in a URI; this machine must reach it
   * @throws IllegalStateException when it does not start, with what it says
   */
  public static Nginx start(
      String http, Map<String, String> values, Machine machine, String address) {
    Path binary =
        Tools.find("nginx").orElseThrow(() -> new IllegalStateException("nginx is missing"));
    try {
      Path folder = Files.createTempDirectory("nginx-");
      int port = FreePorts.any();
      Map<String, String> all = new HashMap<>(values);
      all.put("port", String.valueOf(port));
      all.put("folder", folder.toString());
      Path config = folder.resolve("nginx.conf");
      try {
        Files.writeString(config, fill(FRAME.replace("@http@", http), all));
      } catch (IllegalArgumentException e) {
        Folders.delete(folder);
        throw e;
      }
      URI uri = URI.create("http://" + address + ":" + port);
      Nginx nginx = new Nginx(folder, uri, run(machine, binary, folder, config));
      nginx.awaitReady();
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write nginx's configuration", e);
    }
  }

  /** The URI it answers at, without a slash at its end. */
  public URI uri() {
    return uri;
  }

  /** Its access log in nginx's standard format, unless the configuration names another file. */
  public Path accessLog() {
    return folder.resolve("access.log");
  }

  /** Its error log, at level info. */
  public Path errorLog() {
    return folder.resolve("error.log");
  }

  /** Ends it and deletes its folder, logs included. */
  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  private static GuardedProcess run(Machine machine, Path binary, Path folder, Path config) {
    return GuardedProcess.start(
        new ProcessBuilder(
                machine.command(
                    binary.toString(),
                    "-p",
                    folder.toString(),
                    "-c",
                    config.toString(),
                    // Else it first opens the log it was compiled with, which is not ours to write.
                    "-e",
                    folder.resolve("error.log").toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.log").toFile()));
  }

  private static String fill(String text, Map<String, String> values) {
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
      String said = Folders.tail(folder.resolve("console.log")) + Folders.tail(errorLog());
      close();
      throw new IllegalStateException("nginx did not start: " + said);
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
