package io.accesskeys.usage;

import io.accesskeys.audit.Denial;
import io.accesskeys.key.AccessKey;
import io.accesskeys.restriction.ip.Networks;
import io.accesskeys.usage.KeyUses.Counts;
import io.accesskeys.usage.KeyUses.SeenType;
import io.accesskeys.usage.PendingUses.KeyRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/**
 * What keys are used for: counted in memory here, and written to the tables in batches. No method
 * but {@link #of} asks the database.
 */
public final class UsageLog implements Provider {

  private static final long DAY_MILLIS = 24L * 60 * 60 * 1_000;

  private final KeycloakSession session;
  private final PendingUses pending;

  UsageLog(KeycloakSession session, PendingUses pending) {
    this.session = session;
    this.pending = pending;
  }

  /**
   * An accepted use.
   *
   * @param secret the number of the secret that was used
   * @param way the entry point
   * @param named the names of those of the key's scopes that the caller asked for; empty if they
   *     asked for none in particular
   * @param from the address of the client, if it is known
   * @param reported the types of the restrictions that would have refused it
   */
  public record Use(
      int secret,
      String way,
      Set<String> named,
      Optional<String> from,
      List<String> reported,
      Instant at) {}

  /** Counts an accepted use. */
  public void accepted(AccessKey key, Use use) {
    int day = day(use.at());
    Optional<String> address = use.from().flatMap(Networks::of);
    pending.add(
        new KeyRef(key.realmId(), key.id()),
        uses -> {
          Counts counts = uses.on(day, use.secret());
          counts.accepted++;
          counts.unnamed += use.named().isEmpty() ? 1 : 0;
          counts.reported += use.reported().isEmpty() ? 0 : 1;
          use.named().forEach(scope -> uses.saw(SeenType.SCOPE, scope, day));
          uses.saw(SeenType.ENTRY_POINT, use.way(), day);
          uses.saw(SeenType.ADDRESS, address.orElse(KeyUses.UNKNOWN), day);
          use.reported()
              .forEach(
                  type ->
                      uses.refused(
                          RefusedUse.reported(use.way(), type, address.orElse(null), use.at())));
        });
  }

  /**
   * A refused use by somebody who has shown the secret of the key.
   *
   * @param from the address of the client, if it is known
   */
  public void refused(
      String realmId, String keyId, Denial denial, Optional<String> from, Instant at) {
    String address = from.flatMap(Networks::of).orElse(null);
    pending.add(
        new KeyRef(realmId, keyId),
        uses -> {
          uses.on(day(at), 0).refused++;
          uses.refused(RefusedUse.of(denial, address, at));
        });
  }

  /** A use with a wrong secret. It is counted alone: whoever knows an id can do it at will. */
  public void wrongSecret(String realmId, String keyId, Instant at) {
    pending.add(new KeyRef(realmId, keyId), uses -> uses.on(day(at), 0).wrong++);
  }

  /** What is written of the uses of a key; what other nodes have seen since is not in it. */
  public UsedKey of(AccessKey key) {
    return new UsageRows(session).read(key);
  }

  /** Deletes what was last seen before this instant, some of it; whether there may be more. */
  public boolean forget(String realmId, Instant before, int max) {
    return new UsageRows(session).forget(realmId, day(before), max);
  }

  @Override
  public void close() {}

  private static int day(Instant at) {
    return (int) Math.floorDiv(at.toEpochMilli(), DAY_MILLIS);
  }
}
