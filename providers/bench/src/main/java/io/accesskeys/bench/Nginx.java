package io.accesskeys.bench;

import io.accesskeys.bench.Network.Machine;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * A real nginx on the loopback interface or in a {@link Network}, in a folder of its own. Tests
 * that use it carry {@code @RequiresTool("nginx")}.
 */
public final class Nginx implements AutoCloseable {

  private final ProxyServer server;

  private Nginx(ProxyServer server) {
    this.server = server;
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
    return new Nginx(ProxyServer.start(ProxyProgram.NGINX, http, values, machine, address));
  }

  /** The URI it answers at, without a slash at its end. */
  public URI uri() {
    return server.uri();
  }

  /** Its access log in nginx's standard format, unless the configuration names another file. */
  public Path accessLog() {
    return server.file("access.log");
  }

  /** Its error log, at level info. */
  public Path errorLog() {
    return server.file("error.log");
  }

  /** Ends it and deletes its folder, logs included. */
  @Override
  public void close() {
    server.close();
  }
}
