package io.accesskeys.transfer;

import static io.accesskeys.transfer.RowReader.instant;
import static io.accesskeys.transfer.RowReader.require;
import static io.accesskeys.transfer.RowReader.required;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.LegacyAlgorithm;
import io.accesskeys.key.SecretHash;
import io.accesskeys.management.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the secrets in a row: hashes of our own texts, or of texts that another system made. */
final class SecretReader {

  private static final int MAX_SECRETS = 10;

  /**
   * 32 bytes: the last character has four bits of them, and two that are zero. The same bytes
   * written otherwise would never be found, as keys of another system are found by this text.
   */
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private SecretReader() {}

  /**
   * The secrets, the newest first.
   *
   * @throws InvalidRequestException naming the member that is missing or wrong
   */
  static List<KeySecret> secrets(List<TransferRow.Secret> sent, KeyKind kind)
      throws InvalidRequestException {
    List<TransferRow.Secret> rows = sent == null ? List.of() : sent;
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
      require(
          kind != KeyKind.CLIENT_SECRET || !secret.hash().isLegacy(),
          "secrets[" + i + "].algorithm",
          "must be " + SecretHash.SHA_256 + " for a client secret: give the client a new one");
      before = secret.number();
      secrets.add(secret);
    }
    return secrets;
  }

  private static KeySecret secret(TransferRow.Secret secret, String field)
      throws InvalidRequestException {
    require(secret != null && secret.number() != null, field, "must be an object with a number");
    boolean legacy =
        secret.algorithm() != null && LegacyAlgorithm.of(secret.algorithm()).isPresent();
    require(
        legacy || SecretHash.SHA_256.equals(secret.algorithm()),
        field + ".algorithm",
        "must be " + SecretHash.SHA_256 + ", sha256 or hmac-sha256");
    require(
        secret.hash() != null && HASH.matcher(secret.hash()).matches(),
        field + ".hash",
        "must be 43 characters of base64url");
    require(
        secret.hint() != null
            && secret.hint().matches(legacy ? "[\\x21-\\x7e]{0,4}" : "[A-Za-z0-9]{4}"),
        field + ".hint",
        legacy ? "must be at most 4 visible characters" : "must be 4 letters or digits");
    return new KeySecret(
        secret.number(),
        new SecretHash(secret.algorithm(), secret.hash()),
        secret.hint(),
        required(secret.createdAt(), field + ".createdAt"),
        instant(secret.retiresAt(), field + ".retiresAt"),
        instant(secret.lastUsedAt(), field + ".lastUsedAt"),
        instant(secret.extendedAt(), field + ".extendedAt"));
  }
}
