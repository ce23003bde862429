package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Limits;
import io.accesskeys.key.Usage;
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
 * A key as the REST APIs show it; instants are ISO-8601 in UTC.
 *
 * @param client the {@code client_id} of the API client; absent if that client is gone
 * @param scopes what they are called now; those that are gone are left out
 * @param classic true if its scopes were all there were at its creation
 * @param restrictionSummaries one for each restriction, in their order; absent if there are none
 * @param legacy true if another system made its text; its first roll gives it one of ours
 * @param expiresAt its own expiry; absent if it never expires by itself
 * @param endsAt when it ends under the realm's policy, if that is sooner
 * @param roll when it gets new secrets; absent if by hand only
 * @param rollDueAt when the next roll is due
 * @param rollDeadline until when it should be done
 * @param retiresAt while rolling, when the old secret retires
 * @param lastUsedAt up to a minute behind
 * @param version what {@code If-Match} names
 * @param owner for administrators: {@code {"user": id}} or {@code {"client": client_id}}
 * @param secret the whole key text, in the answer that made it and never again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyRepresentation(
    String id,
    String kind,
    String name,
    String description,
    Map<String, String> metadata,
    String state,
    String client,
    List<String> scopes,
    Boolean classic,
    List<JsonNode> authorizationDetails,
    List<JsonNode> restrictions,
    List<RestrictionSummary> restrictionSummaries,
    String redacted,
    Boolean legacy,
    String createdAt,
    String renewedAt,
    String notBefore,
    String expiresAt,
    String endsAt,
    RollRepresentation roll,
    String rollDueAt,
    String rollDeadline,
    String retiresAt,
    String revokedAt,
    String revocationReason,
    String lastUsedAt,
    String lastUsedFrom,
    long useCount,
    int version,
    Map<String, String> owner,
    String secret) {

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
    ClientModel client = realm.getClientById(key.grant().clientId());
    Limits limits = RealmPolicy.of(session, realm).limits(key.kind());
    Optional<Instant> end = key.endUnder(limits);
    Usage usage = key.usage();
    List<Restriction> restrictions = key.grant().restrictions();
    ClientNames clients = RealmClientNames.of(realm);
    return new KeyRepresentation(
        key.id(),
        key.kind().wireName(),
        key.name(),
        key.label().description().orElse(null),
        key.label().metadata().isEmpty() ? null : key.label().metadata(),
        key.stateAt(now, limits).wireName(),
        client == null ? null : client.getClientId(),
        GrantableScopes.names(realm, key.grant().scopes()),
        key.grant().form() == Form.CLASSIC ? Boolean.TRUE : null,
        key.grant().authorizationDetails().isEmpty() ? null : key.grant().authorizationDetails(),
        restrictions.stream().map(each -> each.shown(clients)).toList(),
        restrictions.isEmpty()
            ? null
            : restrictions.stream().map(each -> RestrictionSummary.of(each, clients)).toList(),
        key.redacted(),
        key.isLegacy() ? Boolean.TRUE : null,
        key.validity().created().at().toString(),
        text(key.validity().renewed()),
        text(key.validity().notBefore()),
        text(key.validity().expires()),
        end.equals(key.validity().expires()) ? null : text(end),
        limits.rollOf(key).map(RollRepresentation::of).orElse(null),
        text(key.rollDue(limits)),
        text(key.rollDeadline(limits)),
        text(key.retiringAt(now).flatMap(KeySecret::retires)),
        text(key.validity().revoked().map(Revocation::at)),
        key.validity().revoked().flatMap(Revocation::reason).orElse(null),
        text(usage.lastAt()),
        usage.lastFrom().orElse(null),
        usage.count(),
        key.version(),
        null,
        secret);
  }

  private KeyRepresentation with(Map<String, String> newOwner, String newSecret) {
    return new KeyRepresentation(
        id,
        kind,
        name,
        description,
        metadata,
        state,
        client,
        scopes,
        classic,
        authorizationDetails,
        restrictions,
        restrictionSummaries,
        redacted,
        legacy,
        createdAt,
        renewedAt,
        notBefore,
        expiresAt,
        endsAt,
        roll,
        rollDueAt,
        rollDeadline,
        retiresAt,
        revokedAt,
        revocationReason,
        lastUsedAt,
        lastUsedFrom,
        useCount,
        version,
        newOwner,
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
