package io.accesskeys.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A key as it is exported and imported: everything that is stored of it, and so no secret. Instants
 * are ISO-8601 in UTC.
 *
 * @param owner {@code {"user": id, "username": name}}, of which one is enough, or {@code {"client":
 *     client_id}}
 * @param client the {@code client_id} of the API client
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransferRow(
    String id,
    String kind,
    String prefix,
    Map<String, String> owner,
    String client,
    String name,
    String description,
    Map<String, String> metadata,
    Boolean classic,
    List<String> scopes,
    List<JsonNode> authorizationDetails,
    JsonNode restrictions,
    String createdAt,
    String createdBy,
    String renewedAt,
    String notBefore,
    String expiresAt,
    String suspendedAt,
    String suspendedBy,
    String suspendedByKind,
    String exposedAt,
    String revokedAt,
    String revocationReason,
    String removedAt,
    Roll roll,
    List<Secret> secrets,
    Use usage,
    Integer version) {

  /**
   * When it gets new secrets.
   *
   * @param every an ISO-8601 period
   * @param startAt where a calendar without a first time starts
   * @param window an ISO-8601 duration
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Roll(
      String every, String firstAt, String startAt, String window, String delivery) {}

  /**
   * One version of the secret, as a hash.
   *
   * @param algorithm {@code access-keys-sha-256}; {@code sha256} or {@code hmac-sha256} for a text
   *     that another system made
   * @param hash base64url
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Secret(
      Integer number,
      String algorithm,
      String hash,
      String hint,
      String createdAt,
      String retiresAt,
      String lastUsedAt,
      String extendedAt) {

    @Override
    public String toString() {
      return "secret " + number;
    }
  }

  /** How the key was used. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Use(String lastUsedAt, String lastUsedFrom, Long count) {}

  @Override
  public String toString() {
    return "access key " + id;
  }
}
