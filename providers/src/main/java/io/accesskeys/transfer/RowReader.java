package io.accesskeys.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.SecretHash;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a row, trusting nothing in it: whoever plants a hash plants a key. */
final class RowReader {

  private static final int MAX_SECRETS = 10;
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
        .orElseThrow(() -> new InvalidRequestException("kind", "is no kind of key"));
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
        validity(),
        RollReader.schedule(row.roll()),
        secrets(),
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

  private Validity validity() throws InvalidRequestException {
    require(isId(row.createdBy()), "createdBy", "must be the id of a user");
    require(
        row.suspendedAt() == null || isId(row.suspendedBy()),
        "suspendedBy",
        "must be the id of a user");
    Optional<String> reason = Labels.reason(Optional.ofNullable(row.revocationReason()));
    String suspendedBy = row.suspendedBy();
    return new Validity(
        new Creation(required(row.createdAt(), "createdAt"), row.createdBy()),
        instant(row.renewedAt(), "renewedAt"),
        instant(row.notBefore(), "notBefore"),
        instant(row.expiresAt(), "expiresAt"),
        instant(row.suspendedAt(), "suspendedAt").map(at -> new Suspension(at, suspendedBy)),
        instant(row.exposedAt(), "exposedAt"),
        instant(row.revokedAt(), "revokedAt").map(at -> new Revocation(at, reason)),
        instant(row.removedAt(), "removedAt"));
  }

  private List<KeySecret> secrets() throws InvalidRequestException {
    List<TransferRow.Secret> rows = row.secrets() == null ? List.of() : row.secrets();
    require(
        !rows.isEmpty() && rows.size() <= MAX_SECRETS,
        "secrets",
        "must have 1 to " + MAX_SECRETS + " entries");
    List<KeySecret> secrets = new ArrayList<>();
    int before = Integer.MAX_VALUE;
    for (int i = 0; i < rows.size(); i++) {
      KeySecret secret = secret(rows.get(i), "secrets[" + i + "]");
      require(
          secret.number() < before && secret.number() > 0,
          "secrets[" + i + "].number",
          "must be positive, the newest first");
      require(
          (i == 0) == secret.retires().isEmpty(),
          "secrets[" + i + "].retiresAt",
          "must be there for all but the current secret");
      before = secret.number();
      secrets.add(secret);
    }
    return secrets;
  }

  private static KeySecret secret(TransferRow.Secret secret, String field)
      throws InvalidRequestException {
    require(secret != null && secret.number() != null, field, "must be an object with a number");
    require(
        SecretHash.SHA_256.equals(secret.algorithm()),
        field + ".algorithm",
        "is not " + SecretHash.SHA_256);
    require(
        secret.hash() != null && secret.hash().matches("[A-Za-z0-9_-]{43}"),
        field + ".hash",
        "must be 43 characters of base64url");
    require(
        secret.hint() != null && secret.hint().matches("[A-Za-z0-9]{4}"),
        field + ".hint",
        "must be 4 letters or digits");
    return new KeySecret(
        secret.number(),
        new SecretHash(secret.algorithm(), secret.hash()),
        secret.hint(),
        required(secret.createdAt(), field + ".createdAt"),
        instant(secret.retiresAt(), field + ".retiresAt"),
        instant(secret.lastUsedAt(), field + ".lastUsedAt"),
        instant(secret.extendedAt(), field + ".extendedAt"));
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

  private static Instant required(String text, String field) throws InvalidRequestException {
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
