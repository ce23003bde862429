package io.accesskeys.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Label;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyEdit;
import io.accesskeys.management.KeyRequest;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.management.Labels;
import io.accesskeys.management.RollRequest;
import io.accesskeys.management.RollRequest.Replace;
import io.accesskeys.management.ScheduleRequest;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;

/** The bodies of requests about one key, each in the parts that others share with it. */
public final class KeyBody {

  private KeyBody() {}

  /**
   * What a key is given at its creation and may be given later.
   *
   * @param description {@code null} takes it away
   * @param metadata takes the place of all that it had
   * @param authorizationDetails an array of RFC 9396 objects
   * @param restrictions an array of objects with a {@code type}
   * @param roll {@code null} takes the schedule away
   */
  record Editable(
      Optional<String> name,
      Optional<Optional<String>> description,
      Optional<Map<String, String>> metadata,
      Optional<Texts> scopes,
      Optional<JsonNode> authorizationDetails,
      Optional<JsonNode> restrictions,
      Optional<Optional<Schedule>> roll) {}

  /**
   * What is decided when a key is created.
   *
   * @param classic whether it gets every scope that there is now
   * @param expiresAt {@code null} for never
   */
  record AtCreation(
      KeyKind kind,
      Optional<String> prefix,
      Optional<String> client,
      Optional<Boolean> classic,
      Optional<Instant> notBefore,
      Optional<Optional<Instant>> expiresAt) {}

  /** When a key gets new secrets. */
  record Schedule(
      Optional<Period> every,
      Optional<Instant> at,
      Optional<Duration> overlap,
      Optional<String> delivery) {

    ScheduleRequest request() {
      return new ScheduleRequest(every, at, overlap, delivery);
    }
  }

  /**
   * A roll.
   *
   * @param expiresAt {@code null} for never
   */
  record Roll(
      Optional<Duration> overlap,
      Optional<Optional<Instant>> expiresAt,
      Optional<Boolean> replacePending) {}

  /** Whether only to say what a change would do. */
  record Planned(Optional<Boolean> dryRun) {}

  /**
   * An edit that the running request asks for.
   *
   * @param dryRun whether only to say what it would do
   */
  public record AskedEdit(KeyEdit edit, boolean dryRun) {}

  /** Why a key is revoked. */
  private record Reason(Optional<String> reason) {}

  /**
   * Reads the body of a request that creates a key.
   *
   * @param owner the members beside those of a key, which say whose it will be
   * @throws InvalidRequestException if it is no JSON object, or has another member
   */
  public static JsonBody ofNewKey(
      KeycloakSession session, byte[] body, Class<? extends Record> owner) {
    return JsonBody.of(session, body, List.of(AtCreation.class, Editable.class, owner));
  }

  /**
   * Of which kind the key to create will be, on which it depends who may own it.
   *
   * @throws InvalidRequestException if there is no such kind
   */
  public static KeyKind kind(JsonBody body) {
    return body.as(AtCreation.class).kind();
  }

  /**
   * The key to create.
   *
   * @param known the types of restrictions that are installed
   * @throws InvalidRequestException naming the member that is missing or wrong
   */
  public static KeyRequest newKey(JsonBody body, Restrictions known) {
    AtCreation made = body.as(AtCreation.class);
    Editable given = body.as(Editable.class);
    return new KeyRequest(
        made.kind(),
        made.prefix(),
        new Label(
            JsonBody.required("name", given.name()),
            notNull("description", given.description(), "must be a string"),
            given.metadata().map(KeyBody::metadata).orElse(Map.of())),
        new Rights(
            made.client(),
            scopes(made, given),
            given.authorizationDetails().map(KeyBody::details).orElse(List.of()),
            given.restrictions().map(sent -> restrictions(sent, known)).orElse(List.of())),
        made.notBefore(),
        made.expiresAt().map(KeyBody::expiry).orElseGet(Expiry.ByPolicy::new),
        notNull("roll", given.roll(), "must be an object").map(Schedule::request));
  }

  /**
   * Reads what the running request wants to change of a key: only members that are there.
   *
   * @param body as it was sent
   * @throws InvalidRequestException naming the member or the header that is wrong
   */
  public static AskedEdit edit(KeycloakSession session, byte[] body) {
    Requests.requireDryRunInBody(session);
    JsonBody json = JsonBody.of(session, body, List.of(Editable.class, Planned.class));
    KeyEdit edit =
        edit(json.as(Editable.class), IfMatch.version(session), Restrictions.of(session));
    return new AskedEdit(edit, json.as(Planned.class).dryRun().orElse(false));
  }

  @SuppressWarnings("OptionalMapToOptional") // what is not sent and what is null differ
  static KeyEdit edit(Editable sent, Optional<Integer> version, Restrictions known) {
    return new KeyEdit(
        sent.name(),
        sent.description(),
        sent.metadata().map(KeyBody::metadata),
        sent.scopes().map(Texts::values),
        sent.authorizationDetails().map(KeyBody::details),
        sent.restrictions().map(array -> restrictions(array, known)),
        sent.roll().isPresent()
            ? Optional.of(sent.roll().get().map(Schedule::request))
            : Optional.empty(),
        version);
  }

  /**
   * Reads the roll that the running request wants.
   *
   * @param body as it was sent
   * @throws InvalidRequestException naming the member or the header that is wrong
   */
  public static RollRequest roll(KeycloakSession session, byte[] body) {
    return roll(JsonBody.read(session, body, Roll.class), IfMatch.version(session));
  }

  static RollRequest roll(Roll sent, Optional<Integer> version) {
    return new RollRequest(
        sent.overlap(),
        sent.expiresAt().map(KeyBody::expiry),
        sent.replacePending().orElse(false) ? Replace.REPLACE : Replace.REFUSE,
        version);
  }

  /**
   * Reads why the running request revokes a key.
   *
   * @param body as it was sent
   * @throws InvalidRequestException naming the member that is wrong
   */
  public static Optional<String> reason(KeycloakSession session, byte[] body) {
    return Labels.reason(JsonBody.read(session, body, Reason.class).reason());
  }

  private static Scopes scopes(AtCreation made, Editable given) {
    if (!made.classic().orElse(false)) {
      return new Scopes.Named(given.scopes().map(Texts::values).orElse(List.of()));
    }
    if (given.scopes().isPresent()) {
      throw new InvalidRequestException(
          "scopes", "cannot be combined with classic. Send one of the two");
    }
    return new Scopes.Classic();
  }

  private static Expiry expiry(Optional<Instant> at) {
    return at.isPresent() ? new Expiry.At(at.get()) : new Expiry.Never();
  }

  private static Map<String, String> metadata(Map<String, String> sent) {
    if (sent.size() > Labels.MAX_ENTRIES) {
      throw new InvalidRequestException(
          "metadata", "must have at most " + Labels.MAX_ENTRIES + " members");
    }
    return new TreeMap<>(sent);
  }

  private static List<JsonNode> details(JsonNode sent) {
    return DetailsJson.read(sent, "authorizationDetails");
  }

  static List<Restriction> restrictions(JsonNode sent, Restrictions known) {
    try {
      return known.parse(sent, "restrictions");
    } catch (InvalidRestrictionException e) {
      throw new InvalidRequestException(e.field(), e.getMessage());
    }
  }

  /** There is nothing to take away from a key that is only being made. */
  private static <T> Optional<T> notNull(
      String member, Optional<Optional<T>> sent, String expected) {
    if (sent.isPresent() && sent.get().isEmpty()) {
      throw new InvalidRequestException(member, expected);
    }
    return sent.flatMap(value -> value);
  }
}
