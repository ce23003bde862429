package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class TourTest {

  @Test
  void aWrongAnswerEndsItAndIsNamed() throws IOException {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    broken.start();
    try {
      String url = "http://127.0.0.1:" + broken.getAddress().getPort();
      Transcript transcript =
          new Transcript(new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
      assertThatThrownBy(() -> new Tour(transcript).run(url, url))
          .isInstanceOf(DemoFailure.class)
          .hasMessageStartingWith("Step 1, alice signs in, call 1. Expected status 200, got 503");
    } finally {
      broken.stop(0);
    }
  }
}
