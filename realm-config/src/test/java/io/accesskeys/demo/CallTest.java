package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import io.accesskeys.bench.RequiresTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CallTest {

  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private String url;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().get("Authorization")
                  + exchange.getRequestHeaders().get("Content-Type")
                  + exchange.getRequestHeaders().get("If-Match")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @RequiresTool({"bash", "curl"})
  void curlAndJavaSendTheSame() {
    List<Call> calls =
        List.of(
            Call.get("$URL/verify?client=acme-api&scope=orders:read").bearer("$KEY"),
            Call.get("$URL/verify").bearer("${KEY%?}"),
            Call.post("$URL/token").field("a", "x:y").field("b", "$URL/z").basic("me", "pw"),
            Call.post("$URL/keys").header("If-Match", "\"1\"").json("{\"name\":\"c i\"}"),
            Call.post("$URL/empty"),
            Call.delete("$URL/keys/1"));
    ShellState state = new ShellState();
    state.set("URL", url);
    state.set("KEY", "kcpat_abc");
    calls.forEach(call -> call.send(state));
    List<String> sent = List.copyOf(received);
    received.clear();

    List<String> lines = new ArrayList<>(List.of("URL=" + url, "KEY=kcpat_abc"));
    calls.stream().map(Call::toCurl).forEach(lines::add);
    new PrintedScript(lines, List.of()).run();

    assertThat(received).isEqualTo(sent);
    assertThat(sent.get(1)).contains("Bearer kcpat_ab]");
  }

  @Test
  void longLinesContinue() {
    assertThat(Call.post("$KC/" + "x".repeat(80)).field("a", "b").field("c", "$D").toCurl())
        .isEqualTo("curl -si \"$KC/" + "x".repeat(80) + "\" \\\n  -d a=b \\\n  -d \"c=$D\"");
  }

  @Test
  void formValuesThatNeedEncodingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Call.post("$KC").field("password", "a&b"));
  }

  @Test
  void variablesMustBeSet() {
    assertThatIllegalStateException().isThrownBy(() -> Call.get("$KC").send(new ShellState()));
  }
}
