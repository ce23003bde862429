package io.accesskeys.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Label;
import io.accesskeys.restriction.Restriction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The key that somebody wishes for.
 *
 * @param prefix what its text shall begin with; empty for the kind's usual prefix
 * @param notBefore when it begins to hold; empty for at once
 * @param roll when it shall get new secrets; empty for what the policy says
 */
public record KeyRequest(
    KeyKind kind,
    Optional<String> prefix,
    Label label,
    Rights rights,
    Optional<Instant> notBefore,
    Expiry expiry,
    Optional<ScheduleRequest> roll) {

  /**
   * What it shall be good for.
   *
   * @param client the {@code client_id} of the API client; empty for a client secret
   * @param scopes which scopes it shall have
   * @param authorizationDetails RFC 9396 objects; none for no such limit
   */
  public record Rights(
      Optional<String> client,
      Scopes scopes,
      List<JsonNode> authorizationDetails,
      List<Restriction> restrictions) {}

  /** Which scopes a key shall have. */
  public sealed interface Scopes {

    /** These, by name; none means none. */
    record Named(List<String> names) implements Scopes {}

    /** Every grantable scope there is now. */
    record Classic() implements Scopes {}
  }

  /** When a key shall expire. */
  public sealed interface Expiry {

    /** After the policy's default lifetime. */
    record ByPolicy() implements Expiry {}

    /** Never. */
    record Never() implements Expiry {}

    /** At this instant. */
    record At(Instant instant) implements Expiry {}

    /** With a token that is minted from it at once and lives so long, whatever may be chosen. */
    record WithToken(Duration lifespan) implements Expiry {}
  }
}
