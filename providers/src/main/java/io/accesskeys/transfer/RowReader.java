package io.accesskeys.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Creation;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.Instants;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.Labels;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

// Longer than 250 lines: one line for each member of a row.

/** Reads a row, trusting nothing in it: whoever plants a hash plants a key. */
final class RowReader {

  private static final int MAX_SCOPES = 500;
  private static final int MAX_ID = 255;
  private static final int MAX_ADDRESS = 64;

  private final TransferRow row;
  private final Restrictions known;

  RowReader(TransferRow row, Restrictions known) {
    this.known = known;
    this.row = row;
  }

  /** The kind of the key. */
  KeyKind kind() throws InvalidRequestException {
    return KeyKind.of(row.kind() == null ? "" : row.kind())
        .orElseThrow(() -> new InvalidRequestException("kind", "is not a kind of key"));
  }

  /**
   * The key in the row.
   *
   * @param ownerId the id of its owner, who exists and fits
   * @param clientId the id of its API client, which exists
   * @param scopeIds the ids of its scopes, which exist
   * @throws InvalidRequestException naming the member that is missing or wrong
   */
  AccessKey key(String realmId, String ownerId, String clientId, Set<String> scopeIds)
      throws InvalidRequestException {
    require(KeyText.isId(row.id()), "id", "is no id of a key");
    require(KeyText.isPrefix(row.prefix()), "prefix", "is no prefix of a key");
    require(row.version() != null && row.version() > 0, "version", "must be a positive number");
    return new AccessKey(
        realmId,
        row.id(),
        kind(),
        row.prefix(),
        ownerId,
        label(),
        new Grant(
            clientId,
            Boolean.TRUE.equals(row.classic()) ? Form.CLASSIC : Form.FINE_GRAINED,
            scopeIds,
            details(),
            restrictions()),
        validity(ownerId),
        RollReader.schedule(row.roll()),
        SecretReader.secrets(row.secrets(), kind()),
        usage(),
        row.version());
  }

  private Label label() throws InvalidRequestException {
    require(row.name() != null, "name", "is missing");
    return Labels.checked(
        new Label(
            row.name(),
            Optional.ofNullable(row.description()),
            row.metadata() == null ? Map.of() : row.metadata()));
  }

  /** The names of its scopes, as they were called where it comes from. */
  List<String> scopes() throws InvalidRequestException {
    List<String> scopes = row.scopes() == null ? List.of() : row.scopes();
    require(scopes.size() <= MAX_SCOPES, "scopes", "has more than " + MAX_SCOPES + " entries");
    for (String scope : scopes) {
      require(
          scope != null && scope.matches("[\\x21-\\x7e]{1,255}"), "scopes", "has no scope's name");
    }
    return scopes;
  }

  private List<JsonNode> details() throws InvalidRequestException {
    List<JsonNode> details =
        row.authorizationDetails() == null ? List.of() : row.authorizationDetails();
    for (JsonNode detail : details) {
      require(
          detail != null && detail.path("type").isTextual(),
          "authorizationDetails",
          "must be objects with a string named type");
    }
    return details;
  }

  private List<Restriction> restrictions() throws InvalidRequestException {
    require(row.restrictions() != null, "restrictions", "is missing");
    try {
      return known.parse(row.restrictions(), "restrictions");
    } catch (InvalidRestrictionException e) {
      throw new InvalidRequestException(e.field(), e.getMessage());
    }
  }

  private Validity validity(String ownerId) throws InvalidRequestException {
    require(isId(row.createdBy()), "createdBy", "must be the id of a user");
    require(
        row.suspendedAt() == null || isId(row.suspendedBy()),
        "suspendedBy",
        "must be the id of a user");
    Optional<String> reason = Labels.reason(Optional.ofNullable(row.revocationReason()));
    String suspendedBy = here(row.suspendedBy(), ownerId);
    ActorKind suspender = suspender();
    return new Validity(
        new Creation(required(row.createdAt(), "createdAt"), here(row.createdBy(), ownerId)),
        instant(row.renewedAt(), "renewedAt"),
        instant(row.notBefore(), "notBefore"),
        instant(row.expiresAt(), "expiresAt"),
        instant(row.suspendedAt(), "suspendedAt")
            .map(at -> new Suspension(at, suspendedBy, suspender)),
        instant(row.exposedAt(), "exposedAt"),
        instant(row.revokedAt(), "revokedAt").map(at -> new Revocation(at, reason)),
        instant(row.removedAt(), "removedAt"));
  }

  /**
   * The id that somebody has in this realm: the owner may have had another one where it comes from.
   */
  private String here(String userId, String ownerId) {
    Map<String, String> owner = row.owner() == null ? Map.of() : row.owner();
    return userId != null && userId.equals(owner.get(RowOwner.USER)) ? ownerId : userId;
  }

  /** Rows of older exports do not say it: only an administrator resumes such a key. */
  private ActorKind suspender() throws InvalidRequestException {
    if (row.suspendedByKind() == null) {
      return ActorKind.ADMINISTRATOR;
    }
    return ActorKind.of(row.suspendedByKind())
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "suspendedByKind",
                    "must be one of "
                        + Stream.of(ActorKind.values())
                            .map(ActorKind::wireName)
                            .collect(Collectors.joining(", "))));
  }

  private Usage usage() throws InvalidRequestException {
    if (row.usage() == null) {
      return Usage.NONE;
    }
    String from = row.usage().lastUsedFrom();
    require(
        from == null || from.length() <= MAX_ADDRESS,
        "usage.lastUsedFrom",
        "has more than " + MAX_ADDRESS + " characters");
    Long count = row.usage().count();
    require(count != null && count >= 0, "usage.count", "must not be negative");
    return new Usage(
        instant(row.usage().lastUsedAt(), "usage.lastUsedAt"), Optional.ofNullable(from), count);
  }

  private static boolean isId(String text) {
    return text != null && !text.isEmpty() && text.length() <= MAX_ID;
  }

  static Instant required(String text, String field) throws InvalidRequestException {
    return instant(text, field).orElseThrow(() -> new InvalidRequestException(field, "is missing"));
  }

  static Optional<Instant> instant(String text, String field) throws InvalidRequestException {
    return text == null
        ? Optional.empty()
        : Optional.of(Instants.parse(field, text).truncatedTo(ChronoUnit.MILLIS));
  }

  static void require(boolean condition, String field, String reason)
      throws InvalidRequestException {
    if (!condition) {
      throw new InvalidRequestException(field, reason);
    }
  }
}
