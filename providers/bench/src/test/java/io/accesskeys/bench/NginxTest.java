package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresTool("nginx")
final class NginxTest {

  private static final String SERVER =
      """
      server {
        listen 127.0.0.1:@port@;
        location / { return 200 "@greeting@ $remote_addr"; }
      }
      """;

  @Test
  void answersWithTheFilledInConfiguration() throws IOException, InterruptedException {
    try (Nginx nginx = Nginx.start(SERVER, Map.of("greeting", "welcome"))) {
      assertThat(get(nginx.uri())).isEqualTo("welcome 127.0.0.1");
      assertThat(Files.readString(nginx.accessLog())).contains("GET / HTTP/1.1");
    }
  }

  @Test
  void closingEndsItAndDeletesItsFolder() {
    Nginx nginx = Nginx.start(SERVER, Map.of("greeting", "welcome"));
    Path log = nginx.errorLog();
    nginx.close();
    assertThat(log.getParent()).doesNotExist();
    assertThatThrownBy(() -> get(nginx.uri())).isInstanceOf(IOException.class);
  }

  @Test
  void wrongConfigurationSaysWhatIsWrong() {
    assertThatThrownBy(() -> Nginx.start("no_such_directive on;", Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no_such_directive");
  }

  @Test
  void placeholderWithoutValueIsRefused() {
    assertThatThrownBy(() -> Nginx.start(SERVER, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@greeting@");
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
