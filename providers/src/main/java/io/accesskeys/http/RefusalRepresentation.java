package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.key.AccessKey;
import io.accesskeys.usage.RefusedUse;
import io.accesskeys.usage.UsageLog;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/**
 * A use of a key that was refused, or would have been; up to a minute behind.
 *
 * @param at the first time, ISO-8601 in UTC
 * @param lastAt the last of the same soon after each other
 * @param times how often
 * @param reason the word of events and metrics
 * @param detail the same in words
 * @param fix what to do about it
 * @param cause a further word, such as the type of the restriction
 * @param entryPoint where the key was sent
 * @param address the network it came from
 * @param mode {@code report} if it was let in, because the restriction only reports
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefusalRepresentation(
    String at,
    String lastAt,
    int times,
    String reason,
    String detail,
    String fix,
    String cause,
    String entryPoint,
    String address,
    String mode) {

  /** The last refusals of a key, newest first. */
  public static List<RefusalRepresentation> of(KeycloakSession session, AccessKey key) {
    return session.getProvider(UsageLog.class).of(key).refusals().stream()
        .map(RefusalRepresentation::of)
        .toList();
  }

  private static RefusalRepresentation of(RefusedUse use) {
    RefusalText text = RefusalText.of(use.reason());
    return new RefusalRepresentation(
        Instant.ofEpochMilli(use.at()).toString(),
        Instant.ofEpochMilli(use.last()).toString(),
        use.times(),
        use.reason(),
        text.detail(),
        text.fix(),
        use.detail(),
        use.way(),
        use.address(),
        use.reported() ? "report" : null);
  }
}
