package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a key is used; up to a minute behind. Instants are ISO-8601 in UTC.
 *
 * @param secrets newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UsageRepresentation(
    String lastUsedAt, String lastUsedFrom, long useCount, List<SecretUsage> secrets) {

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

  /** The use of this key. */
  public static UsageRepresentation of(AccessKey key) {
    return new UsageRepresentation(
        text(key.usage().lastAt()),
        key.usage().lastFrom().orElse(null),
        key.usage().count(),
        key.secrets().stream().map(SecretUsage::of).toList());
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
