package io.accesskeys.it.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request byte by byte, as no HTTP client would send it.
 *
 * @param headers whole lines
 * @param body its length is told by a header of its own
 */
public record RawRequest(String method, String target, List<String> headers, String body) {

  private static final int TIMEOUT_MILLIS = 15_000;
  private static final int STATUS_START = 9;
  private static final int STATUS_END = 12;
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String JSON = "Content-Type: application/json";

  private static final Pattern MEDIA_TYPE = Pattern.compile("[^/;]+/[^/;]+(;.*)?");
  private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Takes its own copy of the list. */
  public RawRequest {
    headers = List.copyOf(headers);
  }

  /**
   * What came back.
   *
   * @param status 0 if the server hung up, or said nothing, without an answer
   */
  public record RawReply(int status, String text) {}

  public static RawRequest get(String target) {
    return new RawRequest("GET", target, List.of(), "");
  }

  public static RawRequest form(String target, String fields) {
    return new RawRequest("POST", target, List.of(FORM), fields);
  }

  public static RawRequest json(String target, String json) {
    return new RawRequest("POST", target, List.of(JSON), json);
  }

  public RawRequest method(String other) {
    return new RawRequest(other, target, headers, body);
  }

  public RawRequest body(String other) {
    return new RawRequest(method, target, headers, other);
  }

  public RawRequest headers(List<String> others) {
    return new RawRequest(method, target, others, body);
  }

  public RawRequest header(String line) {
    return headers(Stream.concat(headers.stream(), Stream.of(line)).toList());
  }

  /**
   * Whether a Keycloak without any extension answers 500 to this: to an escape in a form that is
   * none, to a media type or a character set that there is not, to a multipart body, none of which
   * it expects, and to a trusted proxy that names no host. {@code docs/stock.md} has one of each.
   */
  public boolean breaksKeycloak() {
    List<String> types =
        headers.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type"))
            .map(line -> line.split(":", 2)[1].strip())
            .toList();
    return types.stream().anyMatch(type -> !MEDIA_TYPE.matcher(type).matches())
        || types.stream().anyMatch(type -> type.startsWith("multipart/"))
        || types.stream().anyMatch(type -> type.endsWith("charset=nonsense"))
        || (types.stream().anyMatch(type -> type.contains("form"))
            && NO_ESCAPE.matcher(body).find())
        || headers.contains("X-Forwarded-Host: a b");
  }

  /** The lines of the head are this long together. */
  public int headLength() {
    return headers.stream().mapToInt(String::length).sum() + target.length();
  }

  /** Sends it over a connection of its own. */
  public RawReply send(URI server) {
    return send(server, Optional.empty());
  }

  /** The same from an address of this machine, such as {@code 127.0.0.2}. */
  public RawReply sendFrom(String address, URI server) {
    return send(server, Optional.of(new InetSocketAddress(address, 0)));
  }

  private RawReply send(URI server, Optional<InetSocketAddress> from) {
    try (Socket socket = new Socket()) {
      socket.bind(from.orElse(null));
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      socket.setSoTimeout(TIMEOUT_MILLIS);
      try {
        socket.getOutputStream().write(bytes(server));
      } catch (SocketException e) {
        // It hung up before it had read all; what it said first may still be there.
        return reply(socket.getInputStream());
      }
      return reply(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(this + " failed", e);
    }
  }

  private byte[] bytes(URI server) {
    byte[] content = body.getBytes(UTF_8);
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + target + " HTTP/1.1");
    lines.add("Host: " + server.getAuthority());
    lines.add("Connection: close");
    lines.addAll(headers);
    if (content.length > 0) {
      lines.add("Content-Length: " + content.length);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private static RawReply reply(InputStream answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      answer.transferTo(bytes);
    } catch (SocketException | SocketTimeoutException e) {
      // Reset or silent after the answer, or instead of one: what came counts.
    }
    String text = bytes.toString(ISO_8859_1);
    return text.length() < STATUS_END
        ? new RawReply(0, text)
        : new RawReply(Integer.parseInt(text.substring(STATUS_START, STATUS_END)), text);
  }

  /** One field of a form, every byte of the value escaped; a lone surrogate as its three bytes. */
  public static String field(String name, String value) {
    StringBuilder escaped = new StringBuilder(name).append('=');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x80 && Character.isLetterOrDigit(c)) || c == '_') {
        escaped.append(c);
      } else if (Character.isSurrogate(c) && !isPair(value, i)) {
        escape(
            escaped,
            new byte[] {
              (byte) (0xE0 | (c >> 12)),
              (byte) (0x80 | ((c >> 6) & 0x3F)),
              (byte) (0x80 | (c & 0x3F))
            });
      } else {
        int point = value.codePointAt(i);
        escape(escaped, Character.toString(point).getBytes(UTF_8));
        i += Character.charCount(point) - 1;
      }
    }
    return escaped.toString();
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static void escape(StringBuilder to, byte[] bytes) {
    for (byte each : bytes) {
      to.append('%').append(String.format("%02X", each));
    }
  }

  /** The start of it, printable, for a message. */
  @Override
  public String toString() {
    String whole = method + " " + target + " " + String.join(" | ", headers) + " " + body;
    String start = whole.substring(0, Math.min(whole.length(), 500));
    return new String(start.getBytes(US_ASCII), US_ASCII).replaceAll("\\p{Cntrl}", "?");
  }
}
