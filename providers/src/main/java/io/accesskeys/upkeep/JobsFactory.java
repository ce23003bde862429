package io.accesskeys.upkeep;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.timer.TimerProvider;

/**
 * Starts the jobs when the server is up. Every node runs them: each is idempotent, works in small
 * transactions, and begins where it left off.
 */
public final class JobsFactory implements ProviderFactory<Jobs> {

  private Duration interval;

  @Override
  public Jobs create(KeycloakSession session) {
    return new Jobs();
  }

  /** {@code interval}: how often keys are tidied up, in seconds; an hour unless set. */
  @Override
  public void init(Config.Scope config) {
    interval = Duration.ofSeconds(config.getInt("interval", 3_600));
  }

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    sessions.register(
        event -> {
          if (event instanceof PostMigrationEvent) {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> start(session, sessions));
          }
        });
  }

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "default";
  }

  /** Not all nodes at the same moment. */
  private void start(KeycloakSession session, KeycloakSessionFactory sessions) {
    session
        .getProvider(TimerProvider.class)
        .scheduleTask(
            unused -> new Upkeep(sessions).run(),
            ThreadLocalRandom.current().nextLong(1, interval.toMillis() + 1),
            interval.toMillis(),
            "access-keys-upkeep");
  }
}
