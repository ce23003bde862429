package io.accesskeys.bench.realm;

import io.accesskeys.bench.KeycloakServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class after which a secret that was shown in this run stands in the log of the
 * shared server. JUnit finds it as a service.
 */
public final class NoSecretIsLogged implements AfterAllCallback {

  private static final Map<Path, Long> READ = new ConcurrentHashMap<>();

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() != null) {
      return;
    }
    KeycloakServer.sharedLog()
        .ifPresent(
            log -> {
              long end = log.toFile().length();
              List<String> found = LoggedSecrets.in(log, READ.getOrDefault(log, 0L));
              READ.put(log, end);
              if (!found.isEmpty()) {
                throw new AssertionError("Secrets in " + log + ": " + found);
              }
            });
  }
}
