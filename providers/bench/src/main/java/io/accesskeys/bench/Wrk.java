package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The load generator wrk: a closed loop of connections that each send the next request when the
 * last one is answered. Tests that use it carry {@code @RequiresTool("wrk")}.
 */
public final class Wrk {

  /** A cell of wrk's report, such as {@code 812.00us} or {@code 1.21ms}. */
  private static final Pattern TIME = Pattern.compile("([0-9.]+)(us|ms|s)");

  private static final Map<String, Double> MICROSECONDS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);

  private final int core;
  private final int connections;
  private final Path folder;

  /**
   * A generator with a core of its own.
   *
   * @param core the number of the core, from 0
   * @param connections how many requests are under way at once
   * @param folder where its scripts lie
   */
  public Wrk(int core, int connections, Path folder) {
    this.core = core;
    this.connections = connections;
    this.folder = folder;
  }

  /**
   * One request, sent again and again.
   *
   * @param body null if it has none
   */
  public record Request(String method, String uri, Map<String, String> headers, String body) {

    private String lua() {
      String fields =
          headers.entrySet().stream()
              .map(header -> "[" + quoted(header.getKey()) + "]=" + quoted(header.getValue()))
              .collect(Collectors.joining(","));
      return "wrk.format(%s,%s,{%s},%s)"
          .formatted(quoted(method), quoted(uri), fields, body == null ? "nil" : quoted(body));
    }

    /** Bytes in decimal: nothing has to be escaped. */
    private static String quoted(String text) {
      StringBuilder lua = new StringBuilder("\"");
      for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
        lua.append("\\%03d".formatted(each & 255));
      }
      return lua.append('"').toString();
    }

    @Override
    public String toString() {
      return method + " " + uri;
    }
  }

  /**
   * What came of it.
   *
   * @param requests how many were answered
   * @param perSecond how many in a second
   * @param median of the time to the answer, in microseconds
   * @param slow the time that 99 of 100 answers did not take, in microseconds
   * @param refused how many answers were no 2xx or 3xx
   * @param broken how many connections failed or timed out
   */
  public record Load(
      long requests, double perSecond, double median, double slow, long refused, long broken) {}

  /**
   * Sends these requests in turn, as fast as they are answered.
   *
   * @param server the address of the server, without a path
   */
  public Load run(String server, List<Request> requests, Duration time) {
    try {
      // Several may run at the same time.
      Path script = Files.createTempFile(folder, "requests-", ".lua");
      Files.writeString(script, lua(requests));
      Process wrk =
          new ProcessBuilder(
                  "taskset",
                  "-c",
                  String.valueOf(core),
                  "wrk",
                  "--latency",
                  "-t1",
                  "-c" + connections,
                  "-d" + time.toSeconds() + "s",
                  "-s" + script,
                  server)
              .redirectErrorStream(true)
              .start();
      String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (wrk.waitFor() != 0) {
        throw new IllegalStateException("wrk failed: " + report);
      }
      Files.delete(script);
      return read(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String lua(List<Request> requests) {
    String all = requests.stream().map(Request::lua).collect(Collectors.joining(",\n"));
    return """
        local sent = 0
        local all
        function init()
          all = {%s}
        end
        function request()
          sent = sent %% #all + 1
          return all[sent]
        end
        """
        .formatted(all);
  }

  private static Load read(String report) {
    return new Load(
        Long.parseLong(found("(\\d+) requests in", report, null)),
        Double.parseDouble(found("Requests/sec: +([0-9.]+)", report, null)),
        time(found(" 50% +(\\S+)", report, null)),
        time(found(" 99% +(\\S+)", report, null)),
        Long.parseLong(found("Non-2xx or 3xx responses: (\\d+)", report, "0")),
        found("Socket errors: (.*)", report, "")
            .replaceAll("[^0-9]+", " ")
            .strip()
            .transform(counts -> counts.isEmpty() ? 0L : sum(counts)));
  }

  private static long sum(String counts) {
    return List.of(counts.split(" ", -1)).stream().mapToLong(Long::parseLong).sum();
  }

  private static String found(String pattern, String report, String otherwise) {
    Matcher matcher = Pattern.compile(pattern).matcher(report);
    if (matcher.find()) {
      return matcher.group(1);
    }
    if (otherwise == null) {
      throw new IllegalStateException("No " + pattern + " in: " + report);
    }
    return otherwise;
  }

  private static double time(String cell) {
    Matcher matcher = TIME.matcher(cell);
    if (!matcher.matches()) {
      throw new IllegalStateException("No time: " + cell);
    }
    return Double.parseDouble(matcher.group(1)) * MICROSECONDS.get(matcher.group(2));
  }
}
