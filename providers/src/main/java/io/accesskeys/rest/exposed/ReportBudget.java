package io.accesskeys.rest.exposed;

import io.accesskeys.restriction.ip.AddressBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What reports of exposed keys may cost whoever sends them: anybody may, and every key in them is
 * looked for in the database. Each address has {@value #BURST} points at once and {@value
 * #PER_SECOND} more a second. A report costs a point for each kibibyte of it that was begun, and
 * one for each key that is looked for.
 *
 * <p>That is two reports of a thousand keys at once, and 33,000 keys an hour for as long as anybody
 * likes: no scanner has as many finds. Each node counts for itself.
 */
public final class ReportBudget {

  /** More than the largest report costs. */
  static final int BURST = 2_500;

  static final int PER_SECOND = 10;

  private static final int BYTES_PER_POINT = 1_024;

  /** Whoever has as many addresses is not held up by a budget for each. */
  private static final int MAX_ADDRESSES = 10_000;

  /** The whole budget is there again long before. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /** All whose address is unknown have one budget together. */
  private static final AddressBlock UNKNOWN = new AddressBlock(0, 0, 0);

  private final LocalCache<AddressBlock, Points> points;

  /** For the request of this session. */
  public ReportBudget(KeycloakSession session) {
    points =
        session
            .getProvider(LocalCacheProvider.class)
            .create(
                LocalCacheConfiguration.<AddressBlock, Points>builder()
                    .name("accessKeysReports")
                    .maxSize(MAX_ADDRESSES)
                    .expirationAfterCreate((block, left) -> REMEMBERED)
                    .loader(block -> new Points())
                    .build());
  }

  /** What it costs to read a body, which may be null. */
  static int toRead(byte[] body) {
    return 1 + (body == null ? 0 : body.length / BYTES_PER_POINT);
  }

  /** How long it takes until so many points have come back. */
  static Duration timeFor(int cost) {
    return Duration.ofSeconds((cost + PER_SECOND - 1) / PER_SECOND);
  }

  /**
   * Takes points.
   *
   * @param from the address of whoever sends the report, if it is known
   * @return how long to wait until there are enough; empty if they were taken
   */
  Optional<Duration> take(Optional<String> from, int cost, Instant now) {
    return points.get(from.flatMap(AddressBlock::of).orElse(UNKNOWN)).take(cost, now);
  }

  public void close() {
    points.close();
  }

  /** The points of one address. */
  private static final class Points {

    private static final long THOUSAND = 1_000;
    private static final long FULL = BURST * THOUSAND;

    /** In thousandths, of which {@value #PER_SECOND} come back each millisecond. */
    private long left = FULL;

    private Instant at = Instant.EPOCH;

    synchronized Optional<Duration> take(int cost, Instant now) {
      // Somebody may have set the clock back.
      long passed = Math.max(0, Duration.between(at, now).toMillis());
      left = Math.min(FULL, left + Math.min(FULL, passed) * PER_SECOND);
      at = now;
      // Something that costs more than there can ever be takes all there is.
      long wanted = Math.min(FULL, cost * THOUSAND);
      if (wanted <= left) {
        left -= wanted;
        return Optional.empty();
      }
      long perSecond = PER_SECOND * THOUSAND;
      return Optional.of(Duration.ofSeconds((wanted - left + perSecond - 1) / perSecond));
    }
  }
}
