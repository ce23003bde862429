package io.accesskeys.transfer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.LegacyAlgorithm;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.store.LegacyKeys;
import io.accesskeys.transfer.KeyImport.Outcome;
import io.accesskeys.verification.KeyOwner;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Imports keys of another system from a table: {@code hash,owner,client,scopes,expires}, and {@code
 * name} and {@code hint} if there are such columns. The same table twice changes nothing.
 */
public final class CsvImport {

  private static final int MAX_ROWS = 1_000;
  private static final Set<String> REQUIRED = Set.of("hash", "owner", "client");
  private static final Set<String> OPTIONAL = Set.of("scopes", "expires", "name", "hint");
  private static final String DEFAULT_NAME = "Imported key";

  /** A date without a time: its first instant in UTC. */
  private static final String MIDNIGHT = "T00:00:00Z";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final KeyImport into;
  private final Options options;
  private final String prefix;

  /**
   * What a table does not say of its keys.
   *
   * @param kind that all of them are of
   * @param algorithm by which all were hashed
   * @param by the id of the administrator
   * @param at when they are imported: when they count as created
   * @param random for their ids
   */
  public record Options(
      KeyKind kind, LegacyAlgorithm algorithm, String by, Instant at, SecureRandom random) {}

  public CsvImport(KeycloakSession session, RealmModel realm, KeyImport into, Options options) {
    this.session = session;
    this.realm = realm;
    this.into = into;
    this.options = options;
    this.prefix = RealmPolicy.of(session, realm).of(options.kind()).prefixes().get(0);
  }

  /**
   * Stores the keys in a table, and says what became of each row, in their order.
   *
   * @param text with a first line that names the columns
   * @throws InvalidRequestException if it is no such table; nothing was stored then
   */
  public List<Outcome> add(String text) throws InvalidRequestException {
    List<List<String>> lines = Csv.lines(text, MAX_ROWS + 1);
    List<String> columns = columns(lines);
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      rows.add(row(columns, lines.get(i), i));
    }
    List<String> hashes =
        rows.stream().flatMap(row -> LegacyHash.read(row.get("hash")).stream()).toList();
    Map<String, String> known = LegacyKeys.stored(session, realm, hashes);
    return rows.stream().map(row -> add(row, known)).toList();
  }

  private static List<String> columns(List<List<String>> lines) throws InvalidRequestException {
    List<String> columns = lines.isEmpty() ? List.of() : lines.get(0);
    if (!columns.containsAll(REQUIRED)
        || columns.stream().anyMatch(name -> !REQUIRED.contains(name) && !OPTIONAL.contains(name))
        || Set.copyOf(columns).size() != columns.size()) {
      throw new InvalidRequestException(
          "",
          "The first line must name the columns, each once: hash, owner and client, and if you have"
              + " them scopes, expires, name and hint");
    }
    return columns;
  }

  private static Map<String, String> row(List<String> columns, List<String> line, int number)
      throws InvalidRequestException {
    if (line.size() != columns.size()) {
      throw new InvalidRequestException(
          "",
          "Row "
              + number
              + " has "
              + line.size()
              + " fields; there are "
              + columns.size()
              + " columns");
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), line.get(i));
    }
    return row;
  }

  /**
   * Stores the key of a row.
   *
   * @param known the ids of keys by their hashes; gets that of the new one
   */
  private Outcome add(Map<String, String> row, Map<String, String> known) {
    Optional<String> hash = LegacyHash.read(row.get("hash"));
    if (hash.isEmpty()) {
      return new Outcome(null, "invalid", "hash", "must be 32 bytes in hex, base64 or base64url");
    }
    Optional<AccessKey> before =
        Optional.ofNullable(known.get(hash.get()))
            .flatMap(id -> session.getProvider(KeyStore.class).find(realm, id));
    if (before.isPresent()) {
      return repeated(before.get(), row);
    }
    Outcome outcome = into.add(row(row, hash.get()));
    if (outcome.result().equals("created")) {
      known.put(hash.get(), outcome.id());
    }
    return outcome;
  }

  /** What becomes of a row whose hash a key has already: that key is left alone. */
  private Outcome repeated(AccessKey known, Map<String, String> row) {
    String owner =
        KeyOwner.of(known, session, realm)
            .map(
                one ->
                    one instanceof KeyOwner.Person person
                        ? person.user().getUsername()
                        : one.owningClient().map(ClientModel::getClientId).orElse(""))
            .orElse("");
    boolean same =
        known.kind() == options.kind()
            // The hash of a wrong algorithm is of no text: nobody can use that key.
            && known.secrets().stream()
                .map(secret -> secret.hash().algorithm())
                .anyMatch(options.algorithm().wireName()::equals)
            && owner.equalsIgnoreCase(row.get("owner"))
            && Optional.ofNullable(realm.getClientByClientId(row.get("client")))
                .filter(client -> client.getId().equals(known.grant().clientId()))
                .isPresent();
    return same
        ? new Outcome(known.id(), "unchanged", null, null)
        : new Outcome(null, "conflict", "hash", "is that of the key " + known.id());
  }

  private TransferRow row(Map<String, String> row, String hash) {
    String expires = row.getOrDefault("expires", "");
    return new TransferRow(
        KeyText.newId(options.random()),
        options.kind().wireName(),
        prefix,
        options.kind() == KeyKind.PERSONAL_ACCESS_TOKEN
            ? Map.of(RowOwner.USERNAME, row.get("owner"))
            : Map.of(RowOwner.CLIENT, row.get("owner")),
        row.get("client"),
        Optional.of(row.getOrDefault("name", "")).filter(n -> !n.isBlank()).orElse(DEFAULT_NAME),
        null,
        null,
        null,
        Stream.of(row.getOrDefault("scopes", "").split(" ")).filter(s -> !s.isEmpty()).toList(),
        null,
        JsonNodeFactory.instance.arrayNode(),
        options.at().toString(),
        options.by(),
        null,
        null,
        expires.isEmpty() ? null : expires.indexOf('T') < 0 ? expires + MIDNIGHT : expires,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(
            new TransferRow.Secret(
                1,
                options.algorithm().wireName(),
                hash,
                row.getOrDefault("hint", ""),
                options.at().toString(),
                null,
                null,
                null)),
        null,
        1);
  }
}
