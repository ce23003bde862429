package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.usage.UsageLog;
import io.accesskeys.usage.UsedKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * How a key is used; up to a minute behind. Instants are ISO-8601 in UTC.
 *
 * @param secrets newest first
 * @param days oldest first; days without any are left out
 * @param scopes that accepted uses asked for
 * @param addresses the networks that accepted uses came from
 * @param entryPoints where accepted uses came in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UsageRepresentation(
    String lastUsedAt,
    String lastUsedFrom,
    long useCount,
    List<SecretUsage> secrets,
    List<Day> days,
    List<Seen> scopes,
    List<Seen> addresses,
    List<Seen> entryPoints) {

  /** The use of one version of the secret. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretUsage(int number, String createdAt, String retiresAt, String lastUsedAt) {

    static SecretUsage of(KeySecret secret) {
      return new SecretUsage(
          secret.number(),
          secret.createdAt().toString(),
          text(secret.retires()),
          text(secret.lastUsed()));
    }
  }

  /**
   * The uses of a day, in UTC.
   *
   * @param refused by whoever has the secret
   * @param wrongSecrets tries with a wrong secret
   * @param reported how many of the accepted a restriction in report mode would have refused
   * @param secrets accepted uses by the number of the secret
   */
  public record Day(
      String day,
      long accepted,
      long refused,
      long wrongSecrets,
      long reported,
      Map<Integer, Long> secrets) {

    static Day of(UsedKey.Day day) {
      return new Day(
          day.day().toString(),
          day.accepted(),
          day.refused(),
          day.wrongSecrets(),
          day.reported(),
          day.secrets());
    }
  }

  /** Something that was seen on these days, in UTC. */
  public record Seen(String name, String firstDay, String lastDay, long uses) {

    static List<Seen> of(List<UsedKey.Seen> seen) {
      return seen.stream()
          .map(
              one ->
                  new Seen(one.name(), one.first().toString(), one.last().toString(), one.uses()))
          .toList();
    }
  }

  /** The use of this key. */
  public static UsageRepresentation of(KeycloakSession session, AccessKey key) {
    UsedKey used = session.getProvider(UsageLog.class).of(key);
    return new UsageRepresentation(
        text(key.usage().lastAt()),
        key.usage().lastFrom().orElse(null),
        key.usage().count(),
        key.secrets().stream().map(SecretUsage::of).toList(),
        used.days().stream().map(Day::of).toList(),
        Seen.of(used.scopes()),
        Seen.of(used.addresses()),
        Seen.of(used.entryPoints()));
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
