package io.accesskeys.jobs;

import io.accesskeys.audit.HealthGauges;
import io.accesskeys.audit.InventoryGauges;
import io.accesskeys.audit.JobGauges;
import io.accesskeys.health.FindingKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.notice.Outbox;
import io.accesskeys.request.ProxySettings;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.ApiClientRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;
import org.keycloak.timer.TimerProvider;

/**
 * Starts the jobs when the server is up, and warns of what is not set up as it should be. Every
 * node runs them: each is idempotent, works in small transactions, and begins where it left off.
 */
public final class JobsFactory implements Spi, ProviderFactory<Jobs> {

  private static final Logger LOG = Logger.getLogger(JobsFactory.class);

  private static final Duration SOON = Duration.ofSeconds(2);

  private final List<JobRun> runs = new CopyOnWriteArrayList<>();
  private Duration interval;
  private Duration mailInterval;
  private Duration mailRetry;

  @Override
  public Jobs create(KeycloakSession session) {
    return new Jobs(runs);
  }

  /**
   * {@code interval}: how often keys are tidied up and expiries looked for, in seconds; an hour
   * unless set. {@code mail-interval}: how often mails are sent; 30 unless set. {@code mail-retry}:
   * how long to wait after a mail could not be sent, which doubles every time; 60 unless set.
   */
  @Override
  public void init(Config.Scope config) {
    interval = Duration.ofSeconds(config.getInt("interval", 3_600));
    mailInterval = Duration.ofSeconds(config.getInt("mail-interval", 30));
    mailRetry = Duration.ofSeconds(config.getInt("mail-retry", 60));
  }

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    sessions.register(
        event -> {
          if (event instanceof PostMigrationEvent) {
            ProxySettings.current().warning().ifPresent(LOG::warn);
            KeycloakModelUtils.runJobInTransaction(sessions, session -> start(session, sessions));
          }
        });
  }

  /** What the jobs work on is checked before, and closed after them. */
  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(KeyStore.class);
  }

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "default";
  }

  @Override
  public String getName() {
    return "access-key-jobs";
  }

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Jobs.class;
  }

  @Override
  public Class<? extends ProviderFactory<Jobs>> getProviderFactoryClass() {
    return JobsFactory.class;
  }

  private void start(KeycloakSession session, KeycloakSessionFactory sessions) {
    // Soon: until then a tool that empties a policy which nobody has kept yet would loosen it.
    JobRun policies = new JobRun("policy", interval);
    schedule(session, policies, new PolicyKeeping(sessions, policies::failed)::run, SOON);
    JobRun upkeep = new JobRun("upkeep", interval);
    schedule(session, upkeep, new Upkeep(sessions, upkeep::failed)::run, interval);
    JobRun health = new JobRun("health", interval);
    HealthWatch watch = new HealthWatch(sessions, runs, gauges(), inventory(), health::failed);
    schedule(session, health, watch::run, interval);
    schedule(
        session,
        new JobRun("mail", mailInterval),
        new Outbox(sessions, mailRetry)::run,
        mailInterval);
  }

  private static HealthGauges gauges() {
    return new HealthGauges(
        Stream.of(FindingKind.values()).map(FindingKind::wireName).toList(),
        Stream.of(ApiClientRule.values()).map(ApiClientRule::wireName).toList());
  }

  private static InventoryGauges inventory() {
    return new InventoryGauges(
        Stream.of(KeyKind.values()).map(KeyKind::wireName).toList(),
        Stream.of(KeyState.values())
            .filter(state -> state != KeyState.ROLLING)
            .map(KeyState::wireName)
            .toList());
  }

  /**
   * Not all nodes at the same moment.
   *
   * @param within how soon the first run is
   */
  private void schedule(KeycloakSession session, JobRun run, Runnable job, Duration within) {
    runs.add(run);
    JobGauges.register(
        run.name(), () -> run.lag(Instant.ofEpochMilli(Time.currentTimeMillis())), run::failures);
    session
        .getProvider(TimerProvider.class)
        .scheduleTask(
            unused -> run.run(job),
            ThreadLocalRandom.current().nextLong(1, within.toMillis() + 1),
            run.interval().toMillis(),
            "access-keys-" + run.name());
  }
}
