package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.HealthCheck;
import io.accesskeys.bench.KeycloakServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeycloakServerIT {

  private final KeycloakServer server = KeycloakServer.shared();

  @Test
  void isReady() throws IOException, InterruptedException {
    HttpResponse<String> health = get(server.managementUri() + "/health/ready");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"status\": \"UP\"");
  }

  @Test
  void showsMetricsOnTheManagementPortAlone() throws IOException, InterruptedException {
    assertThat(server.managementUri()).isNotEqualTo(server.baseUri());
    assertThat(get(server.managementUri() + "/metrics").statusCode()).isEqualTo(200);
    assertThat(get(server.baseUri() + "/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void answersForTheMasterRealm() throws IOException, InterruptedException {
    assertThat(get(server.baseUri() + "/realms/master").body()).contains("\"realm\":\"master\"");
  }

  @Test
  void logsEveryStatementAtDebug() throws IOException {
    try (Stream<String> lines = Files.lines(server.log())) {
      assertThat(lines.filter(line -> line.contains("DEBUG")))
          .anyMatch(line -> line.contains("[org.hibernate.SQL]"));
    }
  }

  @Test
  void isTheSameForEveryTest() {
    KeycloakServer again = KeycloakServer.shared();
    again.close();
    assertThat(again.baseUri()).isEqualTo(server.baseUri());
    assertThat(new HealthCheck(again.managementUri()).isReady()).isTrue();
  }

  private static HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
