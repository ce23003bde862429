package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Limits;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.RealmClientNames;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * A key as the REST APIs show it, in one flat object; instants are ISO-8601 in UTC. What is absent
 * here is left out.
 *
 * @param legacy true if another system made its text; its first roll gives it one of ours
 * @param version what {@code If-Match} names
 * @param owner for administrators: {@code {"user": id}} or {@code {"client": client_id}}
 * @param secret the whole key text, in the answer that made it and never again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyRepresentation(
    @JsonUnwrapped About about,
    @JsonUnwrapped Rights rights,
    String redacted,
    Boolean legacy,
    @JsonUnwrapped Dates dates,
    @JsonUnwrapped Rolling rolling,
    @JsonUnwrapped Revoked revoked,
    @JsonUnwrapped LastUse lastUse,
    int version,
    Map<String, String> owner,
    String secret) {

  /** What the key is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record About(
      String id,
      String kind,
      String name,
      String description,
      Map<String, String> metadata,
      String state) {

    static About of(AccessKey key, KeyState state) {
      return new About(
          key.id(),
          key.kind().wireName(),
          key.name(),
          key.label().description().orElse(null),
          key.label().metadata().isEmpty() ? null : key.label().metadata(),
          state.wireName());
    }
  }

  /**
   * What the key is good for.
   *
   * @param client the {@code client_id} of the API client; absent if that client is gone
   * @param scopes what they are called now; those that are gone are left out
   * @param classic true if its scopes were all there were at its creation
   * @param restrictionSummaries one for each restriction, in their order; absent if there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rights(
      String client,
      List<String> scopes,
      Boolean classic,
      List<JsonNode> authorizationDetails,
      List<JsonNode> restrictions,
      List<RestrictionSummary> restrictionSummaries) {

    static Rights of(RealmModel realm, Grant grant) {
      ClientModel client = realm.getClientById(grant.clientId());
      ClientNames clients = RealmClientNames.of(realm);
      List<Restriction> restrictions = grant.restrictions();
      return new Rights(
          client == null ? null : client.getClientId(),
          GrantableScopes.names(realm, grant.scopes()),
          grant.form() == Form.CLASSIC ? Boolean.TRUE : null,
          grant.authorizationDetails().isEmpty() ? null : grant.authorizationDetails(),
          restrictions.stream().map(each -> each.shown(clients)).toList(),
          restrictions.isEmpty()
              ? null
              : restrictions.stream().map(each -> RestrictionSummary.of(each, clients)).toList());
    }
  }

  /**
   * From when until when the key is good.
   *
   * @param expiresAt its own expiry; absent if it never expires by itself
   * @param endsAt when it ends under the realm's policy, if that is sooner
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Dates(
      String createdAt, String renewedAt, String notBefore, String expiresAt, String endsAt) {

    static Dates of(AccessKey key, Limits limits) {
      Validity validity = key.validity();
      Optional<Instant> end = key.endUnder(limits);
      return new Dates(
          validity.created().at().toString(),
          text(validity.renewed()),
          text(validity.notBefore()),
          text(validity.expires()),
          end.equals(validity.expires()) ? null : text(end));
    }
  }

  /**
   * When the key gets new secrets.
   *
   * @param roll absent if by hand only
   * @param rollDueAt when the next roll is due
   * @param rollDeadline until when it should be done
   * @param retiresAt while rolling, when the old secret retires
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rolling(
      RollRepresentation roll, String rollDueAt, String rollDeadline, String retiresAt) {

    static Rolling of(AccessKey key, Limits limits, Instant now) {
      return new Rolling(
          limits.rollOf(key).map(RollRepresentation::of).orElse(null),
          text(key.rollDue(limits)),
          text(key.rollDeadline(limits)),
          text(key.retiringAt(now).flatMap(KeySecret::retires)));
    }
  }

  /** When and why the key was revoked. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Revoked(String revokedAt, String revocationReason) {

    static Revoked of(Validity validity) {
      return new Revoked(
          text(validity.revoked().map(Revocation::at)),
          validity.revoked().flatMap(Revocation::reason).orElse(null));
    }
  }

  /**
   * How the key was used last.
   *
   * @param lastUsedAt up to a minute behind
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LastUse(String lastUsedAt, String lastUsedFrom, long useCount) {

    static LastUse of(Usage usage) {
      return new LastUse(text(usage.lastAt()), usage.lastFrom().orElse(null), usage.count());
    }
  }

  /** A key of the realm of this session, at an instant. */
  public static KeyRepresentation of(KeycloakSession session, AccessKey key, Instant now) {
    return of(session, key, now, null);
  }

  /** A new or rolled key, with its secret: the one time it is shown. */
  public static KeyRepresentation withSecret(
      KeycloakSession session, IssuedKey issued, Instant now) {
    return of(session, issued.key(), now, issued.text().reveal());
  }

  /** The same, with its owner named. */
  public KeyRepresentation withOwner(KeycloakSession session, AccessKey key) {
    return with(owner(session, key), secret);
  }

  /** The same without the secret, for events. */
  public KeyRepresentation withoutSecret() {
    return with(owner, null);
  }

  @Override
  public String toString() {
    return redacted;
  }

  private static KeyRepresentation of(
      KeycloakSession session, AccessKey key, Instant now, String secret) {
    RealmModel realm = session.getContext().getRealm();
    Limits limits = RealmPolicy.of(session, realm).limits(key.kind());
    return new KeyRepresentation(
        About.of(key, key.stateAt(now, limits)),
        Rights.of(realm, key.grant()),
        key.redacted(),
        key.isLegacy() ? Boolean.TRUE : null,
        Dates.of(key, limits),
        Rolling.of(key, limits, now),
        Revoked.of(key.validity()),
        LastUse.of(key.usage()),
        key.version(),
        null,
        secret);
  }

  private KeyRepresentation with(Map<String, String> newOwner, String newSecret) {
    return new KeyRepresentation(
        about, rights, redacted, legacy, dates, rolling, revoked, lastUse, version, newOwner,
        newSecret);
  }

  private static Map<String, String> owner(KeycloakSession session, AccessKey key) {
    Optional<KeyOwner> owner = KeyOwner.of(key, session, session.getContext().getRealm());
    return owner
        .map(
            found ->
                found
                    .owningClient()
                    .map(client -> Map.of("client", client.getClientId()))
                    .orElseGet(() -> Map.of("user", key.ownerId())))
        .orElse(null);
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
