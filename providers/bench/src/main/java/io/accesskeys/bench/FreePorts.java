package io.accesskeys.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ports of the loopback interface on which nobody listens. They lie below the range from which
 * systems take the ports of outgoing connections: there, between our look and the server's start,
 * any connection can take one, and a client that asks whether the server is up can even connect to
 * itself.
 */
public final class FreePorts {

  private static final int FROM = 10_000;
  private static final int TO = 15_000;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /** Gives any one. */
  public static int any() {
    return anyBut();
  }

  /** Gives any one but these, which somebody is about to use. */
  static int anyBut(int... taken) {
    IntStream candidates = new Random().ints(ATTEMPTS, FROM, TO);
    return candidates
        .filter(port -> IntStream.of(taken).noneMatch(used -> used == port) && isFree(port))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No free port"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
