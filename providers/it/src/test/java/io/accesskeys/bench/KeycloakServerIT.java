package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@Contract
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
  @SuppressWarnings("try")
  void logsEveryStatementWhileItIsToldTo() throws IOException, InterruptedException {
    long from = Files.size(server.log());
    try (TestLog everything = TestLog.debug(server, "")) {
      get(server.baseUri() + "/realms/master/access-keys/verify");
      get(server.baseUri() + "/realms/nowhere");
    }
    String logged = Files.readString(server.log()).substring((int) from);
    assertThat(logged.lines())
        .filteredOn(line -> line.contains("DEBUG"))
        .anyMatch(line -> line.contains("[org.hibernate.SQL]"));
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
