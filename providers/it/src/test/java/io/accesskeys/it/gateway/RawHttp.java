package io.accesskeys.it.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Requests with header lines as no well-behaved client would send them. */
final class RawHttp {

  private static final int LIMIT_MILLIS = 20_000;
  private static final int IMPATIENT_MILLIS = 100;

  private RawHttp() {}

  /**
   * The head of an answer.
   *
   * @param status of it
   * @param headers its lines
   */
  record Head(int status, List<String> headers) {

    /** The first header of this name. */
    Optional<String> header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    }
  }

  /** GET with exactly these lines, and {@code Host}. */
  static Head get(URI uri, List<String> lines) {
    return send("GET", uri, lines, "");
  }

  /** A request with exactly these lines, {@code Host} and the length of this body. */
  static Head send(String method, URI uri, List<String> lines, String body) {
    String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    List<String> head = new ArrayList<>();
    head.add(method + " " + target + " HTTP/1.1");
    head.add("Host: " + uri.getAuthority());
    head.addAll(lines);
    if (!body.isEmpty()) {
      head.add("Content-Length: " + body.length());
    }
    return exchange(uri, head, body);
  }

  /** GET of a target that need not be a path, with {@code Host} and exactly these lines. */
  static Head target(URI server, String target, List<String> lines) {
    List<String> head = new ArrayList<>();
    head.add("GET " + target + " HTTP/1.1");
    head.add("Host: " + server.getAuthority());
    head.addAll(lines);
    return exchange(server, head, "");
  }

  /** GET with exactly these lines, {@code Host} among them. */
  static Head getWithHost(URI uri, List<String> lines) {
    List<String> head = new ArrayList<>();
    head.add("GET " + uri.getRawPath() + " HTTP/1.1");
    head.addAll(lines);
    return exchange(uri, head, "");
  }

  /** Sends these and waits for what comes first: an answer, the end, or nothing for a while. */
  static void bytes(URI server, String bytes) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(IMPATIENT_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getInputStream().readNBytes(12);
    } catch (SocketTimeoutException | SocketException e) {
      // It waits for more, or has hung up.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Head exchange(URI uri, List<String> head, String body) {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(LIMIT_MILLIS);
      String request = String.join("\r\n", head) + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String first = answer.readLine();
      if (first == null) {
        throw new AssertionError("No answer to " + head);
      }
      List<String> headers = new ArrayList<>();
      for (String line = answer.readLine();
          line != null && !line.isEmpty();
          line = answer.readLine()) {
        headers.add(line);
      }
      return new Head(Integer.parseInt(first.split(" ", -1)[1]), headers);
    } catch (IOException e) {
      throw new UncheckedIOException("No answer to " + head, e);
    }
  }
}
