package io.accesskeys.store;

import io.accesskeys.key.LegacyText;
import io.accesskeys.key.SecretHash;
import jakarta.persistence.FlushModeType;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Which key a text of another system is: its digest stands in the row of its secret.
 *
 * <p>A node remembers the ids of digests it has looked for, and for a shorter time digests that no
 * key has. What is remembered only names an id: whether there is such a key, and whether the text
 * is one of its secrets, is asked of {@link KeyStore} each time. An import makes every node look
 * again; an answer that was on its way meanwhile counts as old.
 */
public final class LegacyKeys {

  private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

  private static final int MAX_KNOWN = 100_000;
  private static final int MAX_UNKNOWN = 10_000;

  private final KeycloakSessionFactory sessions;
  private final LocalCache<Digest, Answer> known;

  /** Apart, so that guesses cannot push keys out. */
  private final LocalCache<Digest, Answer> unknown;

  private final AtomicLong imports = new AtomicLong();

  private final Copies<LegacyImported> copies =
      new Copies<>(
          "access-keys-legacy", LegacyImported.class, imported -> imports.incrementAndGet());

  private record Digest(String realmId, String value) {}

  /**
   * What the database said.
   *
   * @param id of the key; empty for no key
   * @param imports how many imports this node had heard of when it asked
   */
  private record Answer(Optional<String> id, long imports) {}

  private record Match(String digest, String keyId) {}

  LegacyKeys(KeycloakSessionFactory sessions) {
    this.sessions = sessions;
    try (KeycloakSession session = sessions.create()) {
      LocalCacheProvider caches = session.getProvider(LocalCacheProvider.class);
      known = cache(caches, "accessKeysLegacy", MAX_KNOWN, KNOWN_FOR);
      unknown = cache(caches, "accessKeysLegacyUnknown", MAX_UNKNOWN, KeyCache.TIME_TO_LIVE);
    }
  }

  /** Those of this server. */
  public static LegacyKeys of(KeycloakSession session) {
    return ((KeyStoreFactory)
            session.getKeycloakSessionFactory().getProviderFactory(KeyStore.class))
        .legacyKeys();
  }

  /** Hears of the imports on other nodes. */
  void listen(KeycloakSession session) {
    copies.listen(session);
  }

  /**
   * The id of the key that may have this text. For verification: a text that is not remembered
   * costs one look-up.
   */
  public Optional<String> idOf(RealmModel realm, LegacyText text) {
    List<Digest> digests =
        text.digests().stream().map(value -> new Digest(realm.getId(), value)).toList();
    for (Digest digest : digests) {
      Optional<String> id = remembered(known, digest).flatMap(Answer::id);
      if (id.isPresent()) {
        return id;
      }
    }
    if (digests.stream().allMatch(digest -> remembered(unknown, digest).isPresent())) {
      return Optional.empty();
    }
    return lookUp(realm, digests);
  }

  /** Forgets a text whose key is not what was remembered. */
  public void forget(RealmModel realm, LegacyText text) {
    text.digests().forEach(value -> known.invalidate(new Digest(realm.getId(), value)));
  }

  /** The id of the key with this hash, as the database has it now. For whoever imports keys. */
  public static Optional<String> stored(
      KeycloakSession session, RealmModel realm, SecretHash hash) {
    return Optional.ofNullable(stored(session, realm, List.of(hash.value())).get(hash.value()));
  }

  /** The ids of keys by the values of their hashes, of those that there are. */
  public static Map<String, String> stored(
      KeycloakSession session, RealmModel realm, Collection<String> hashes) {
    Map<String, String> ids = new HashMap<>();
    if (!hashes.isEmpty()) {
      find(session, realm.getId(), hashes).forEach(row -> ids.put(row.digest(), row.keyId()));
    }
    return ids;
  }

  /** The ids of the keys that may have these texts, as the database has them now. */
  public static Map<LegacyText, String> allStored(
      KeycloakSession session, RealmModel realm, Collection<LegacyText> texts) {
    Map<LegacyText, String> ids = new LinkedHashMap<>();
    if (texts.isEmpty()) {
      return ids;
    }
    Map<String, String> byDigest =
        stored(session, realm, texts.stream().flatMap(text -> text.digests().stream()).toList());
    for (LegacyText text : texts) {
      text.digests().stream()
          .filter(byDigest::containsKey)
          .findFirst()
          .ifPresent(digest -> ids.put(text, byDigest.get(digest)));
    }
    return ids;
  }

  /** Has every node look again for what was unknown, once the running transaction is committed. */
  public void importedAfterCommit(KeycloakSession session, RealmModel realm) {
    copies.forgetAfterCommit(session, new LegacyImported(realm.getId()));
  }

  void close() {
    known.close();
    unknown.close();
  }

  private Optional<String> lookUp(RealmModel realm, List<Digest> digests) {
    long before = imports.get();
    List<String> values = digests.stream().map(Digest::value).toList();
    String realmId = realm.getId();
    List<Match> rows =
        KeycloakModelUtils.runJobInTransactionWithResult(
            sessions, session -> find(session, realmId, values));
    for (Match row : rows) {
      known.put(new Digest(realmId, row.digest()), new Answer(Optional.of(row.keyId()), before));
    }
    if (rows.isEmpty()) {
      digests.forEach(digest -> unknown.put(digest, new Answer(Optional.empty(), before)));
    }
    return rows.stream().map(row -> row.keyId()).findFirst();
  }

  private Optional<Answer> remembered(LocalCache<Digest, Answer> cache, Digest digest) {
    return Optional.ofNullable(cache.get(digest))
        .filter(answer -> answer.imports() == imports.get());
  }

  /** Not as entities: each would leave a key in the session that is not loaded. */
  private static List<Match> find(
      KeycloakSession session, String realmId, Collection<String> values) {
    return DurableEntities.of(session)
        .createQuery(
            "select s.legacyDigest, s.keyId from AccessKeySecretEntity s"
                + " where s.realmId = :realm and s.legacyDigest in :digests",
            Object[].class)
        .setParameter("realm", realmId)
        .setParameter("digests", values)
        // Keys are written when they are added; to look for more to write costs more than the
        // query.
        .setFlushMode(FlushModeType.COMMIT)
        .getResultStream()
        .map(row -> new Match((String) row[0], (String) row[1]))
        .toList();
  }

  private static LocalCache<Digest, Answer> cache(
      LocalCacheProvider caches, String name, int size, Duration life) {
    return caches.create(
        LocalCacheConfiguration.<Digest, Answer>builder()
            .name(name)
            .maxSize(size)
            .expirationAfterCreate((digest, answer) -> life)
            .build());
  }
}
