package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Machines with addresses of their own, on this one: Linux network namespaces, joined by cables.
 * Tests that use it carry {@link RequiresNamespaces}.
 */
public final class Network implements AutoCloseable {

  private static final String PREFIX = "access-keys-";

  private final long pid = ProcessHandle.current().pid();
  private final List<Machine> machines = new ArrayList<>();
  private final Thread hook = new Thread(this::remove, "remove-namespaces");
  private int cables;

  private Network() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** An empty one, apart from this machine itself. Removes what killed runs have left. */
  public static Network create() {
    removeAbandoned();
    return new Network();
  }

  /** Whether this system lets us have one. */
  static boolean isPermitted() {
    if (Tools.find("ip").isEmpty()) {
      return false;
    }
    try (Network probe = create()) {
      probe.machine("probe");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** A machine that nothing is joined to yet. */
  public Machine machine(String name) {
    Machine machine = new Machine(Optional.of(PREFIX + pid + "-" + name));
    run(ip("netns", "add", machine.namespace().orElseThrow()));
    machines.add(machine);
    run(machine.command("ip", "link", "set", "lo", "up"));
    return machine;
  }

  /** The machine that this JVM and its servers run on. */
  public static Machine here() {
    return new Machine(Optional.empty());
  }

  /** Joins two machines by a cable of its own; at most four in one network. */
  public Cable join(Machine one, Machine other) {
    int number = cables++;
    // Another run on this machine has another process id, and so most probably other addresses.
    String net = "198." + (18 + pid / 64 % 2) + "." + (pid % 64 * 4 + number) + ".";
    String name = "ak" + pid + "-" + number;
    run(one.command("ip", "link", "add", name, "type", "veth", "peer", "name", name + "b"));
    other
        .namespace()
        .ifPresent(there -> run(one.command("ip", "link", "set", name + "b", "netns", there)));
    up(one, name, net + "1");
    up(other, name + "b", net + "2");
    return new Cable(net + "1", net + "2", other, name + "b");
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /**
   * A cable.
   *
   * @param one the address of the first machine on it
   * @param other that of the second
   * @param second the second machine
   * @param device its end there
   */
  public record Cable(String one, String other, Machine second, String device) {

    /** Lets nothing through until it is plugged in again. */
    public void unplug() {
      // At the second machine, which has no other way: the first might take its usual one.
      run(second.command("ip", "link", "set", device, "down"));
    }

    /** Lets everything through again. */
    public void plugIn() {
      run(second.command("ip", "link", "set", device, "up"));
    }
  }

  /**
   * One machine.
   *
   * @param namespace what it is called; empty for this machine itself
   */
  public record Machine(Optional<String> namespace) {

    /** What runs a command there. */
    List<String> command(String... words) {
      Stream<String> enter = namespace.stream().flatMap(name -> ip("netns", "exec", name).stream());
      return Stream.concat(enter, Stream.of(words)).toList();
    }

    /**
     * What curl prints there.
     *
     * @param arguments beside those that make it print nothing but the body
     */
    public String curl(String... arguments) {
      return run(
          Stream.concat(command("curl", "-sS", "--max-time", "20").stream(), Stream.of(arguments))
              .toList());
    }
  }

  private static void up(Machine machine, String device, String address) {
    run(machine.command("ip", "addr", "add", address + "/30", "dev", device));
    run(machine.command("ip", "link", "set", device, "up"));
  }

  // With a namespace go its ends of cables, and with one end the other.
  private void remove() {
    machines.forEach(machine -> machine.namespace().ifPresent(Network::delete));
    machines.clear();
  }

  private static void removeAbandoned() {
    names().stream()
        .filter(name -> name.matches(PREFIX + "[0-9]+-.*"))
        .filter(name -> ProcessHandle.of(pidIn(name)).isEmpty())
        .forEach(Network::delete);
  }

  /** Of all namespaces of this machine. */
  static List<String> names() {
    return run(ip("netns", "list")).lines().map(line -> line.split(" ", 2)[0]).toList();
  }

  private static long pidIn(String namespace) {
    return Long.parseLong(namespace.substring(PREFIX.length()).split("-", 2)[0]);
  }

  private static void delete(String namespace) {
    run(ip("netns", "delete", namespace));
  }

  private static List<String> ip(String... words) {
    String ip =
        Tools.find("ip").orElseThrow(() -> new IllegalStateException("ip is missing")).toString();
    return Stream.concat(Stream.of(ip), Stream.of(words)).toList();
  }

  /**
   * Runs a short command and gives what it prints.
   *
   * @throws IllegalStateException if it fails, with what it says
   */
  private static String run(List<String> command) {
    try {
      // Not guarded: the shutdown hook runs some, and cannot add hooks.
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + " failed: " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
