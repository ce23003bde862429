package io.accesskeys.usage;

import io.accesskeys.store.KeyStore;
import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;
import org.keycloak.timer.TimerProvider;

/** Keeps what this node has seen of uses, and writes it now and then and when the node stops. */
public final class UsageLogFactory implements Spi, ProviderFactory<UsageLog> {

  private final PendingUses pending = new PendingUses();
  private Duration interval;
  private UsageWriter writer;

  @Override
  public UsageLog create(KeycloakSession session) {
    return new UsageLog(session, pending);
  }

  /** {@code interval}: how often uses are written, in seconds; 30 unless set. */
  @Override
  public void init(Config.Scope config) {
    interval = Duration.ofSeconds(config.getInt("interval", 30));
  }

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    writer = new UsageWriter(sessions, pending);
    sessions.register(
        event -> {
          if (event instanceof PostMigrationEvent) {
            KeycloakModelUtils.runJobInTransaction(sessions, this::start);
          }
        });
  }

  /** What this uses must close after it: the last uses are written then. */
  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(KeyStore.class);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.flush();
    }
  }

  @Override
  public String getId() {
    return "default";
  }

  @Override
  public String getName() {
    return "access-key-usage";
  }

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return UsageLog.class;
  }

  @Override
  public Class<? extends ProviderFactory<UsageLog>> getProviderFactoryClass() {
    return UsageLogFactory.class;
  }

  private void start(KeycloakSession session) {
    session
        .getProvider(TimerProvider.class)
        .scheduleTask(unused -> writer.flush(), interval.toMillis(), "access-keys-usage-by-day");
  }
}
