package io.accesskeys.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.SecretHash;
import io.accesskeys.key.Usage;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyImporter;
import io.accesskeys.management.KeyImporter.Imported;
import io.accesskeys.management.KeyImporter.Stored;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.store.KeyStore;
import io.accesskeys.store.LegacyKeys;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.KeyOwner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Stores keys from rows. The same row twice changes nothing; another of its id is left alone; one
 * that nobody could create under the policy as it stands is refused, or kept and reported.
 */
public final class KeyImport {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final KeyStore store;
  private final KeyImporter importer;

  /** Of the realm's client scopes, by their names; filled when the first is asked for. */
  private final Map<String, String> scopeIds = new HashMap<>();

  /** Whether the nodes will be told that there are legacy keys to look for. */
  private boolean toldOfLegacy;

  public KeyImport(KeycloakSession session, RealmModel realm, KeyImporter importer) {
    this.session = session;
    this.realm = realm;
    this.store = session.getProvider(KeyStore.class);
    this.importer = importer;
  }

  /**
   * What became of a row.
   *
   * @param result {@code created}, {@code unchanged}, {@code conflict}, {@code invalid} or {@code
   *     refused} by the policy
   * @param field the member that is wrong, if one is; of a row that was created, what is beyond the
   *     policy
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(String id, String result, String field, String reason) {}

  /** Stores keys whose rows are whole and whose ids are free, and says what became of each. */
  public List<Outcome> addAll(List<TransferRow> rows) {
    List<Read> read = rows.stream().map(this::read).toList();
    importer.lock(
        read.stream().flatMap(row -> row.key().stream()).map(AccessKey::ownerId).toList());
    return read.stream().map(row -> row.key().map(this::add).orElse(row.outcome())).toList();
  }

  /** The same for one row. */
  Outcome add(TransferRow row) {
    return addAll(List.of(row)).get(0);
  }

  /**
   * A row that was read.
   *
   * @param outcome if there is no key
   */
  private record Read(Optional<AccessKey> key, Outcome outcome) {}

  private Read read(TransferRow row) {
    try {
      RowReader reader = new RowReader(row, Restrictions.of(session));
      KeyOwner owner = new RowOwner(session, realm).find(row.owner(), reader.kind());
      ClientModel client = client(row, owner);
      return new Read(
          Optional.of(
              reader.key(realm.getId(), owner.id(), client.getId(), scopes(reader.scopes()))),
          null);
    } catch (InvalidRequestException e) {
      // Caught: a row that is wrong is answered in its place, and the other rows are stored.
      return new Read(
          Optional.empty(), new Outcome(row.id(), "invalid", e.field(), e.getMessage()));
    }
  }

  private Outcome add(AccessKey key) {
    if (store.isTaken(realm.getId(), key.id())) {
      return stored(key)
          ? new Outcome(key.id(), "unchanged", null, null)
          : new Outcome(key.id(), "conflict", "id", "is the id of another key");
    }
    Optional<String> twin = twin(key);
    if (twin.isPresent()) {
      return new Outcome(key.id(), "conflict", "secrets", "has a hash of the key " + twin.get());
    }
    return importer
        .unreadable()
        .map(reason -> new Outcome(key.id(), "refused", null, reason))
        .orElseGet(() -> store(key));
  }

  private Outcome store(AccessKey key) {
    Imported imported = importer.add(key);
    if (imported.stored() == Stored.YES
        && !toldOfLegacy
        && legacyHashes(key).findAny().isPresent()) {
      toldOfLegacy = true;
      LegacyKeys.of(session).importedAfterCommit(session, realm);
    }
    return outcome(key, imported);
  }

  private static Outcome outcome(AccessKey key, Imported imported) {
    String field = imported.beyond().keySet().stream().findFirst().orElse(null);
    String reason =
        imported.beyond().entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining("; "));
    return switch (imported.stored()) {
      case NO ->
          new Outcome(
              key.id(),
              "refused",
              field,
              reason + ". Change the policy, or import with ?beyondPolicy=keep");
      case YES ->
          new Outcome(
              key.id(),
              "created",
              field,
              field == null ? null : "Kept beyond the policy: " + reason);
    };
  }

  /** The id of another key that has a hash of this one: a text must be one key. */
  private Optional<String> twin(AccessKey key) {
    return legacyHashes(key)
        .flatMap(hash -> LegacyKeys.stored(session, realm, hash).stream())
        .findFirst();
  }

  private static Stream<SecretHash> legacyHashes(AccessKey key) {
    return key.secrets().stream().map(KeySecret::hash).filter(SecretHash::isLegacy);
  }

  private boolean stored(AccessKey key) {
    KeyExport export = new KeyExport(session, realm);
    return store
        .find(realm, key.id())
        .filter(known -> export.row(unused(known)).equals(export.row(unused(key))))
        .isPresent();
  }

  /** Whether a key was used since it was exported makes no difference. */
  private static AccessKey unused(AccessKey key) {
    return new AccessKey(
        key.realmId(),
        key.id(),
        key.kind(),
        key.prefix(),
        key.ownerId(),
        key.label(),
        key.grant(),
        key.validity(),
        key.roll(),
        key.secrets().stream().map(KeyImport::unused).toList(),
        Usage.NONE,
        key.version());
  }

  private static KeySecret unused(KeySecret secret) {
    return new KeySecret(
        secret.number(),
        secret.hash(),
        secret.hint(),
        secret.createdAt(),
        secret.retires(),
        Optional.empty(),
        secret.extended());
  }

  /** The ids of the client scopes that are called so here: what is on no menu gives nothing. */
  private Set<String> scopes(List<String> names) throws InvalidRequestException {
    if (scopeIds.isEmpty() && !names.isEmpty()) {
      realm
          .getClientScopesStream()
          .filter(GrantableScopes::hasStorableId)
          .forEach(scope -> scopeIds.put(scope.getName(), scope.getId()));
    }
    for (int i = 0; i < names.size(); i++) {
      if (!scopeIds.containsKey(names.get(i))) {
        throw new InvalidRequestException(
            "scopes[" + i + "]",
            "is not a client scope of this realm. Create the scope before you import the keys");
      }
    }
    return names.stream().map(scopeIds::get).collect(Collectors.toSet());
  }

  private ClientModel client(TransferRow row, KeyOwner owner) throws InvalidRequestException {
    ClientModel client = row.client() == null ? null : realm.getClientByClientId(row.client());
    if (client == null || !owner.mayHaveKeysFor(client)) {
      throw new InvalidRequestException(
          "client", "is not a client of this realm that keys of this kind can be issued for");
    }
    return client;
  }
}
