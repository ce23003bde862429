package io.accesskeys.audit;

import io.accesskeys.audit.Audit.Outcome;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.Config;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Remembers on this node which refusals have had their event of this minute. */
public final class AuditFactory implements Spi, ProviderFactory<Audit> {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 10_000;

  private final Map<Outcome, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Counter> legacy = new ConcurrentHashMap<>();
  private LocalCache<String, AtomicInteger> recent;

  @Override
  public Audit create(KeycloakSession session) {
    return new Audit(session, recent, counters, legacy);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      recent =
          session
              .getProvider(LocalCacheProvider.class)
              .create(
                  LocalCacheConfiguration.<String, AtomicInteger>builder()
                      .name("accessKeysDenials")
                      .maxSize(MAX_REMEMBERED)
                      .expirationAfterCreate((denial, count) -> WINDOW)
                      .loader(denial -> new AtomicInteger())
                      .build());
    }
  }

  @Override
  public void close() {
    if (recent != null) {
      recent.close();
    }
  }

  @Override
  public String getId() {
    return "default";
  }

  @Override
  public String getName() {
    return "access-key-audit";
  }

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Audit.class;
  }

  @Override
  public Class<? extends ProviderFactory<Audit>> getProviderFactoryClass() {
    return AuditFactory.class;
  }
}
