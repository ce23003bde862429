package io.accesskeys.it.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Requests that no HTTP client would send, byte by byte. */
final class Wire {

  private Wire() {}

  /**
   * The whole answer to a request.
   *
   * @param server whom to send it to
   * @param requestLine method and target
   * @param headers lines, without line ends
   */
  static String send(URI server, String requestLine, List<String> headers) {
    String request =
        "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
            .formatted(
                requestLine,
                server.getAuthority(),
                String.join("", headers.stream().map(line -> line + "\r\n").toList()));
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of such an answer. */
  static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }
}
