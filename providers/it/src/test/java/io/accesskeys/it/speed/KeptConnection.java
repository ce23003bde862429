package io.accesskeys.it.speed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** One connection for many requests in turn, with as little of its own around them as can be. */
final class KeptConnection implements AutoCloseable {

  private static final String LENGTH = "content-length:";
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream answers;
  private final String start;

  /** For GET requests to this URI. */
  KeptConnection(URI uri) {
    try {
      socket = new Socket(uri.getHost(), uri.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      answers = new BufferedInputStream(socket.getInputStream());
      start =
          "GET %s?%s HTTP/1.1\r\nHost: %s\r\n"
              .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request with this header line, reads the whole answer and gives its status. */
  int get(String header) {
    try {
      socket.getOutputStream().write((start + header + "\r\n\r\n").getBytes(ISO_8859_1));
      int status = Integer.parseInt(line().split(" ", -1)[1]);
      int length = 0;
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
          length = Integer.parseInt(line.substring(LENGTH.length()).strip());
        }
      }
      answers.skipNBytes(length);
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = answers.read(); read != '\n'; read = answers.read()) {
      if (read < 0) {
        throw new EOFException("The server has hung up");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
