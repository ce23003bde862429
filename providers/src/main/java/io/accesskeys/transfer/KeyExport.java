package io.accesskeys.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.RealmClientNames;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes keys as rows. */
public final class KeyExport {

  private final KeycloakSession session;
  private final RealmModel realm;

  public KeyExport(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** The row of a key; empty if its owner or its API client is gone, and nobody could use it. */
  public Optional<TransferRow> row(AccessKey key) {
    ClientModel client = realm.getClientById(key.grant().clientId());
    return KeyOwner.of(key, session, realm)
        .filter(owner -> client != null)
        .map(owner -> row(key, owner, client));
  }

  private TransferRow row(AccessKey key, KeyOwner owner, ClientModel client) {
    Validity validity = key.validity();
    ArrayNode restrictions = JsonNodeFactory.instance.arrayNode();
    ClientNames clients = RealmClientNames.of(realm);
    key.grant().restrictions().forEach(restriction -> restrictions.add(restriction.shown(clients)));
    return new TransferRow(
        key.id(),
        key.kind().wireName(),
        key.prefix(),
        owner
            .owningClient()
            .map(owning -> Map.of(RowOwner.CLIENT, owning.getClientId()))
            .orElseGet(() -> person(owner)),
        client.getClientId(),
        key.name(),
        key.label().description().orElse(null),
        key.label().metadata().isEmpty() ? null : new TreeMap<>(key.label().metadata()),
        key.grant().form() == Form.CLASSIC ? Boolean.TRUE : null,
        GrantableScopes.names(realm, key.grant().scopes()),
        key.grant().authorizationDetails().isEmpty() ? null : key.grant().authorizationDetails(),
        restrictions,
        validity.created().at().toString(),
        validity.created().by(),
        text(validity.renewed()),
        text(validity.notBefore()),
        text(validity.expires()),
        text(validity.suspended().map(Suspension::at)),
        validity.suspended().map(Suspension::by).orElse(null),
        validity.suspended().map(off -> off.kind().wireName()).orElse(null),
        text(validity.exposed()),
        text(validity.revoked().map(Revocation::at)),
        validity.revoked().flatMap(Revocation::reason).orElse(null),
        text(validity.removed()),
        key.roll().map(KeyExport::roll).orElse(null),
        key.secrets().stream().map(KeyExport::secret).toList(),
        new TransferRow.Use(
            text(key.usage().lastAt()), key.usage().lastFrom().orElse(null), key.usage().count()),
        key.version());
  }

  private static Map<String, String> person(KeyOwner owner) {
    return owner instanceof KeyOwner.Person person
        ? new TreeMap<>(
            Map.of(RowOwner.USER, owner.id(), RowOwner.USERNAME, person.user().getUsername()))
        : Map.of(RowOwner.USER, owner.id());
  }

  private static TransferRow.Secret secret(KeySecret secret) {
    return new TransferRow.Secret(
        secret.number(),
        secret.hash().algorithm(),
        secret.hash().value(),
        secret.hint(),
        secret.createdAt().toString(),
        text(secret.retires()),
        text(secret.lastUsed()),
        text(secret.extended()));
  }

  private static TransferRow.Roll roll(RollSchedule schedule) {
    return new TransferRow.Roll(
        schedule.every().map(Period::toString).orElse(null),
        text(schedule.first()),
        text(schedule.start()),
        schedule.window().toString(),
        schedule.delivery());
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse(null);
  }
}
