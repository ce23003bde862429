package io.accesskeys.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a server whether it is ready. */
final class HealthCheck {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_LIMIT)
          .build();
  private final HttpRequest request;

  HealthCheck(URI management) {
    this.request =
        HttpRequest.newBuilder(URI.create(management + "/health/ready"))
            .timeout(ANSWER_LIMIT)
            .build();
  }

  boolean isReady() {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // Nobody listens yet, or nobody has the time to answer.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Keycloak", e);
    }
  }
}
